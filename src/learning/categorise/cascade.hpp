// SPDX-License-Identifier: Apache-2.0
// The cascade that files a transaction: the user's rule, the user's memory, the merchant code, the
// merchant knowledge base, the words, and if all of that is not sure enough, nothing. Each answer
// carries a calibrated confidence and its reasons. Pure: a Cascade is a loaded model and never
// changes; what is learned lives in the Memory the caller holds.
//
//     const Cascade cascade = *Cascade::load(model_bytes);
//     Memory memory;
//     Filing filing = cascade.file(input, memory);
//     cascade.learn(memory, input, "food.coffee");   // the person's answer; known from now on
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "learning/categorise/memory.hpp"
#include "learning/categorise/own_calibration.hpp"
#include "learning/categorise/types.hpp"

namespace atlas::learning::categorise {

struct Decision;  // decision.hpp: an answer in numbers.
struct Model;     // model.hpp: the decoded artefact.
struct Fusion;    // model.hpp: how evidence is weighed.

/// From which confidence on something is filed. Fixed beforehand, never on the rows judged.
struct Thresholds {
    double leaf = 0.77;
    double parent = 0.65;
    double cold_leaf = 0.80;  ///< Where memory has nothing to say: calibration is worse there.
    double cold_parent = 0.88;
};

/// What a person looks at before answering. Somebody who corrects what was filed says nothing of
/// what they leave alone, so there only answers to questions are held against what was claimed.
enum class LookedAt : std::uint8_t { nothing, questions, every_row };

class Cascade {
public:
    /// `model_bin`: the artefact's model.bin.
    /// Errors: data_loss for damaged bytes, unsupported for a newer format.
    /// Cost: at most 50 ms and 20 MB.
    static Result<Cascade> load(std::string_view model_bin);
    static Cascade of(Model model);
    /// The same model, evidence weighed otherwise. Cost: a copy, about 7 MB.
    Cascade weighed_by(const Fusion& fusion) const;
    Cascade(Cascade&&) noexcept;
    Cascade& operator=(Cascade&&) noexcept;
    ~Cascade();

    /// Files one transaction. Any bytes are accepted; the first 512 of a description count.
    /// `rule`: a rule of the user's that matched, or null. Thread-safe: only reads `memory`.
    /// Cost: about 2 µs.
    Filing file(const CategoriseInput& input, const Memory& memory,
                const RuleHit* rule = nullptr) const;

    /// Takes the person's answer for `input` into `memory`. `category` may be any id of the
    /// user's own tree; "other.unknown" teaches nothing and is ignored.
    /// `looked_at`: which answers tell how sure Atlas may be of this person's rows.
    void learn(Memory& memory, const CategoriseInput& input, std::string_view category,
               LookedAt looked_at = LookedAt::nothing) const;
    /// The same where what was decided before the answer is at hand, and every row is answered.
    void learn(Memory& memory, const CategoriseInput& input, std::string_view category,
               const Decision& decided) const;

    /// Takes back one `learn` with the same input and category (the latest one, if several).
    /// False when there was none.
    bool forget(Memory& memory, const CategoriseInput& input, std::string_view category) const;

    /// The merchant a description speaks of: the key that makes two descriptions the same merchant,
    /// and a name to show. Both empty when the text says nothing.
    struct MerchantName {
        std::string key;
        std::string display;
    };
    MerchantName merchant_of(std::string_view description) const;

    /// False when the memory was learned with another tree of categories: its numbers then mean
    /// other things, and it has to be learned again from the examples.
    bool fits(const Memory& memory) const;

    const Thresholds& thresholds() const;
    void set_thresholds(Thresholds thresholds);
    void set_fusion(const Fusion& fusion);
    const Model& model() const { return *model_; }

private:
    explicit Cascade(std::unique_ptr<Model> model);
    void learn_claimed(Memory& memory, const CategoriseInput& input, std::string_view category,
                       Claim claim) const;
    std::unique_ptr<Model> model_;
};

}  // namespace atlas::learning::categorise
