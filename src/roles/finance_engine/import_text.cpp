// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/import_text.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "base/format.hpp"
#include "finance/statements/statement.hpp"
#include "finance/statements/utf16.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace statements = finance::statements;

constexpr std::size_t kWindowBytes = std::size_t{1} << 20;

/// The text of the question's content behind the mark, in a file that has no name.
Result<std::shared_ptr<const ports::FileView>> converted(const ImportQuestion& question,
                                                         const statements::Utf16Mark& mark) {
    ports::Disk& disk = *question.scratch.disk;
    const std::string path =
        format("{}/{}{}-text", question.scratch.folder, kScratchPrefix, to_string(question.id));
    ATLAS_TRY_ASSIGN(const auto file, disk.open(path, ports::FileMode::create_new));
    ATLAS_TRY(disk.remove(path));
    statements::Utf16Converter converter(mark.order);
    std::string window;
    std::uint64_t written = 0;
    for (std::size_t at = mark.size; at < question.content.size(); at += kWindowBytes) {
        window.clear();
        converter.add(question.content.substr(at, kWindowBytes), window);
        if (at + kWindowBytes >= question.content.size()) {
            converter.finish(window);
        }
        ATLAS_TRY(file->write_at(written, std::as_bytes(std::span(window))));
        written += window.size();
        if (question.passed) {
            question.passed(at);
        }
    }
    return file->view();
}

}  // namespace

Result<ImportText> import_text(const ImportQuestion& question, std::size_t held_max) {
    ImportText text{.bytes = question.content,
                    .passed = question.passed,
                    .converted_from = std::nullopt,
                    .view = nullptr};
    const auto mark = statements::utf16_mark(question.content);
    const bool is_large =
        question.content.size() > held_max && question.content.size() <= statements::kInputBytesMax;
    if (!mark.has_value() || !is_large || question.scratch.disk == nullptr) {
        return text;
    }
    ATLAS_TRY_ASSIGN(text.view, converted(question, *mark));
    text.bytes = text.view->bytes();
    text.passed = [view = text.view](std::size_t offset) { view->passed(offset); };
    text.converted_from = statements::Encoding::utf16;
    return text;
}

}  // namespace atlas::roles::finance_engine
