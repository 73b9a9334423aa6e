#pragma once

#include <any>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/result.h"

namespace softbot::http {

enum class Method { get, head, post, put, patch, remove, options, other };

/// "GET", "DELETE" (for `remove`), ...; "other" for methods that no route takes.
[[nodiscard]] std::string_view name_of(Method method);
[[nodiscard]] Method method_from(std::string_view name);

/// Header fields in the order of arrival. Names compare without regard to case. All text lies in one buffer,
/// so a request costs two allocations for its headers however many there are; views stay valid until the next
/// change.
class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  void add(std::string_view name, std::string_view value);
  /// Replaces all fields of that name by one.
  void set(std::string_view name, std::string_view value);
  void erase(std::string_view name);

  /// The first value, or nothing.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// The first value, or "".
  [[nodiscard]] std::string_view get(std::string_view name) const {
    return find(name).value_or(std::string_view{});
  }
  /// Every value of that name, for fields that may come more than once.
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] Field at(std::size_t index) const;

 private:
  struct Entry {
    std::uint32_t name = 0;
    std::uint32_t name_size = 0;
    std::uint32_t value = 0;
    std::uint32_t value_size = 0;
  };
  std::string text_;
  std::vector<Entry> entries_;
};

/// True when two header names (or other ASCII tokens) are equal but for case.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);

/// Name/value pairs of a query or a posted form, decoded, in their order.
class Parameters {
 public:
  void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string_view get(std::string_view name) const {
    return find(name).value_or(std::string_view{});
  }
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }
  bool operator==(const Parameters&) const = default;

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// A request as handlers see it: plain, whole (body read), within all limits, with nothing of the network
/// library.
struct Request {
  Method method = Method::get;
  std::string path;  ///< as sent, without the query; for routing use `segments`. Never log it.
  std::vector<std::string>
      segments;  ///< decoded, UTF-8, none of them "." or ".."; a trailing slash adds none
  Parameters query;
  Headers headers;
  std::string body;
  std::string peer;      ///< the client's address; behind a trusted proxy the one that the proxy reports
  std::string trace_id;  ///< 32 hex digits: of the W3C traceparent when the sender gave a valid one, else new
  bool secure = false;   ///< came over TLS, here or at a trusted proxy
  std::any identity;     ///< who asks; set by the guard (see router.h), empty before

  /// The media type without parameters, lower case ("application/json"), or "".
  [[nodiscard]] std::string content_type() const;
};

/// What a request line's target means once taken apart.
struct Target {
  std::string path;
  std::vector<std::string> segments;
  Parameters query;
  bool operator==(const Target&) const = default;
};

/// Takes a target ("/a/b%20c?d=e", or the absolute form) apart. Fails with invalid_input on bad escapes,
/// control characters, text that is not UTF-8, dot segments, or more than 64 segments or 256 query
/// parameters.
[[nodiscard]] Result<Target> parse_target(std::string_view target);

/// Trace id of a W3C traceparent header; nothing when it is not well-formed.
[[nodiscard]] std::optional<std::string> trace_id_of(std::string_view traceparent);
/// A new random trace id, 32 hex digits, never all zero. Thread-safe. Unique, not secret.
[[nodiscard]] std::string new_trace_id();

}  // namespace softbot::http
