// SPDX-License-Identifier: Apache-2.0
#include "serving/http/body_spill.hpp"

#include <span>

namespace atlas::serving::http {
namespace {

/// Keeps the slot for as long as the bytes are looked at.
class SlottedView final : public ports::FileView {
public:
    SlottedView(std::shared_ptr<const ports::FileView> file, UploadSlot slot)
        : file_(std::move(file)),
          slot_(std::move(slot)) {}
    std::string_view bytes() const override { return file_->bytes(); }
    void passed(std::size_t offset) const override { file_->passed(offset); }

private:
    std::shared_ptr<const ports::FileView> file_;  ///< Owned by this alone, but handed out shared.
    UploadSlot slot_;
};

}  // namespace

std::optional<UploadSlot> UploadSlot::take(std::shared_ptr<std::atomic<std::size_t>> count,
                                           std::size_t count_max) {
    std::size_t taken = count->load();
    do {
        if (taken >= count_max) {
            return std::nullopt;
        }
    } while (!count->compare_exchange_weak(taken, taken + 1));
    return UploadSlot(std::move(count));
}

UploadSlot::~UploadSlot() {
    if (count_ != nullptr) {
        count_->fetch_sub(1);
    }
}

void BodySpill::write() {
    if (step_.admission != nullptr && *step_.admission) {
        refusal = (*step_.admission)(*step_.request);
    }
    step_.request.reset();
    if (refusal.has_value()) {
        return;
    }
    if (auto appended = append(); !appended.has_value()) {
        error = std::move(appended).error();
    }
    step_.piece = {};
}

Result<void> BodySpill::append() {
    if (file_ == nullptr) {
        ATLAS_TRY_ASSIGN(file_, place_.disk->open(place_.path, ports::FileMode::create_new));
        ATLAS_TRY(place_.disk->remove(place_.path));
        ATLAS_TRY(file_->preallocate(place_.bytes_expected));
    }
    ATLAS_TRY(file_->write_at(written_, std::as_bytes(std::span(step_.piece))));
    written_ += step_.piece.size();
    if (step_.is_last) {
        ATLAS_TRY_ASSIGN(auto file, file_->view());
        view = std::make_shared<const SlottedView>(std::move(file), *std::move(slot_));
        slot_.reset();
        file_.reset();
    }
    return {};
}

}  // namespace atlas::serving::http
