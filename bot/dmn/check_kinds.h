#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dmn/model.h"

/// What is known of kinds of values without running anything: for the inference of types alone.
namespace softbot::dmn {

/// Neither of any type nor null.
[[nodiscard]] bool known(const Type& type);
[[nodiscard]] Type list_of(Type element);
/// Of a list or range; of anything else itself, as FEEL takes it for a list of one.
[[nodiscard]] Type element_of(const Type& type);
[[nodiscard]] Type kind_of_value(const Value& value);

/// A value of a kind, to ask what an operation on it gives; nothing where no value stands for the kind.
[[nodiscard]] std::optional<Value> sample(Type::Kind kind);
/// The same with a zone, which decides whether moments go together.
[[nodiscard]] std::vector<Value> samples(Type::Kind kind);

/// A built-in function.
struct Signature {
  std::string_view name;
  Type::Kind argument;  ///< of the first argument
  Type::Kind result;
};
/// Null for a function whose types are not fixed.
[[nodiscard]] const Signature* signature_of(std::string_view name);

/// Whether values of the kind have an order; whether two types can ever be compared.
[[nodiscard]] bool ordered_kind(Type::Kind kind);
[[nodiscard]] bool comparable(const Type& left, const Type& right);

}  // namespace softbot::dmn
