#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "http/request.h"

namespace softbot::http {

/// %41 -> A. Nothing on a broken escape.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);
/// Escapes all but unreserved characters (RFC 3986), fit for a path segment or a query value.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Bounds on posted forms.
struct FormLimits {
  std::size_t fields = 1'000;
  std::size_t name_bytes = 200;
  std::size_t value_bytes = std::size_t{256} << 10;
};

/// application/x-www-form-urlencoded. Fails with invalid_input (bad escape, not UTF-8) or too_large.
[[nodiscard]] Result<Parameters> parse_form(std::string_view body, const FormLimits& limits = {});

/// A file out of a multipart form.
struct UploadedFile {
  std::string field;         ///< name of the form field
  std::string name;          ///< file name made safe: see safe_file_name; never used as a path
  std::string content_type;  ///< what the sender claims; believe the bytes instead
  std::string content;
  bool operator==(const UploadedFile&) const = default;
};

struct MultipartForm {
  Parameters fields;
  std::vector<UploadedFile> files;
  bool operator==(const MultipartForm&) const = default;
};

struct MultipartLimits {
  FormLimits form = {};
  std::size_t files = 20;
  std::size_t file_bytes = std::size_t{30} << 20;
  std::size_t part_header_bytes = 4'096;
};

/// multipart/form-data (RFC 7578) with the boundary out of `content_type`, the whole Content-Type header. A
/// file input left empty by the browser gives no file. Fails with invalid_input, too_large, or unsupported
/// for another media type.
[[nodiscard]] Result<MultipartForm> parse_multipart(std::string_view content_type, std::string_view body,
                                                    const MultipartLimits& limits = {});

/// Last part of a path in either style, without control characters or leading dots, valid UTF-8, at most 120
/// bytes; "bestand" when nothing is left.
[[nodiscard]] std::string safe_file_name(std::string_view name);

}  // namespace softbot::http
