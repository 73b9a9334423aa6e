#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace softbot {

/// An identifier that cannot be mixed up with one of another kind. All ids are random; none says anything
/// about a person.
template <class Tag>
struct Id {
  std::string text;
  Id() = default;
  explicit Id(std::string value) : text(std::move(value)) {}
  explicit Id(std::string_view value) : text(value) {}
  [[nodiscard]] bool empty() const { return text.empty(); }
  auto operator<=>(const Id&) const = default;
};

/// What a resident quotes: three groups of four letters and digits without look-alikes, "7KQM-4T9X-HR2D".
using ApplicationReference = Id<struct ApplicationReferenceTag>;
using SubmissionId = Id<struct SubmissionIdTag>;
using PersonId = Id<struct PersonIdTag>;
using DocumentId = Id<struct DocumentIdTag>;
using AccountName = Id<struct AccountNameTag>;

/// Upper case, without spaces, look-alikes mapped (O to 0, I and L to 1), groups of four joined by hyphens:
/// how people may type a reference or code.
[[nodiscard]] std::string normalise_reference(std::string_view typed);

/// Crockford's base 32 of the bytes, in groups of four joined by hyphens.
[[nodiscard]] std::string base32_groups(std::string_view bytes, std::size_t characters);

}  // namespace softbot
