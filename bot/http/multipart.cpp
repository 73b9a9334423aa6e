#include "http/multipart.h"

#include <algorithm>
#include <utility>

#include "domain/json.h"

namespace softbot::http {
namespace {

int hex_digit(char character) {
  if (character >= '0' && character <= '9') {
    return character - '0';
  }
  if (character >= 'a' && character <= 'f') {
    return character - 'a' + 10;
  }
  return character >= 'A' && character <= 'F' ? character - 'A' + 10 : -1;
}

enum class Plus { as_is, means_space };

std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (text[index] == '+' && plus == Plus::means_space) {
      result += ' ';
    } else if (text[index] != '%') {
      result += text[index];
    } else {
      const int high = index + 2 < text.size() ? hex_digit(text[index + 1]) : -1;
      const int low = index + 2 < text.size() ? hex_digit(text[index + 2]) : -1;
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      result += static_cast<char>(high * 16 + low);
      index += 2;
    }
  }
  return result;
}

/// Checks the text of a name and its value against the limits and the encoding.
Result<> check_text(std::string_view name, std::string_view value, const FormLimits& limits) {
  if (name.size() > limits.name_bytes || value.size() > limits.value_bytes) {
    return fail(ErrorCode::too_large, "The form has a field that is too long.");
  }
  if (!is_utf8(name) || !is_utf8(value) || value.find('\0') != std::string_view::npos) {
    return fail(ErrorCode::invalid_input, "The form has text that is not UTF-8.");
  }
  return {};
}

/// Checks one name/value pair before it is taken up beside those that are there.
Result<> check_field(const Parameters& known, std::string_view name, std::string_view value,
                     const FormLimits& limits) {
  if (known.pairs().size() >= limits.fields) {
    return fail(ErrorCode::too_large, "The form has too many fields.");
  }
  return check_text(name, value, limits);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Value of a parameter as in `form-data; name="a"; filename="b.pdf"`. Browsers write a quote inside as %22,
/// some clients as \".
std::optional<std::string> header_parameter(std::string_view header, std::string_view wanted) {
  std::size_t at = header.find(';');
  while (at < header.size()) {
    const std::size_t equals = header.find('=', at);
    if (equals == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view name = trimmed(header.substr(at + 1, equals - at - 1));
    std::string value;
    std::size_t next = equals + 1;
    if (next < header.size() && header[next] == '"') {
      for (++next; next < header.size() && header[next] != '"'; ++next) {
        const bool escaped = header[next] == '\\' && next + 1 < header.size() &&
                             (header[next + 1] == '"' || header[next + 1] == '\\');
        next += escaped ? 1U : 0U;
        value += header[next];
      }
      at = header.find(';', next);
    } else {
      at = header.find(';', next);
      value = trimmed(header.substr(next, at == std::string_view::npos ? at : at - next));
    }
    if (equal_ignoring_case(name, wanted)) {
      return value;
    }
  }
  return std::nullopt;
}

bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= 70 && std::all_of(text.begin(), text.end(), [](char character) {
    return static_cast<unsigned char>(character) > 0x20 && static_cast<unsigned char>(character) < 0x7f &&
           character != '"';
  });
}

struct PartHeaders {
  std::string disposition;
  std::string content_type;
};

PartHeaders part_headers(std::string_view text) {
  PartHeaders headers;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      continue;
    }
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (equal_ignoring_case(line.substr(0, colon), "Content-Disposition")) {
      headers.disposition = value;
    } else if (equal_ignoring_case(line.substr(0, colon), "Content-Type")) {
      headers.content_type = value;
    }
  }
  return headers;
}

/// A client's claim of a media type, kept only when it looks like one.
std::string media_type_of(std::string_view claim) {
  const std::string_view type = trimmed(claim.substr(0, claim.find(';')));
  const bool plain =
      type.size() <= 100 && type.find('/') != std::string_view::npos &&
      std::all_of(type.begin(), type.end(), [](char character) {
        return static_cast<unsigned char>(character) > 0x20 && static_cast<unsigned char>(character) < 0x7f;
      });
  return plain ? std::string(type) : std::string("application/octet-stream");
}

Result<> add_part(MultipartForm& form, std::string_view head, std::string_view content,
                  const MultipartLimits& limits) {
  const PartHeaders headers = part_headers(head);
  const std::optional<std::string> name = header_parameter(headers.disposition, "name");
  if (!name || !equal_ignoring_case(trimmed(headers.disposition.substr(0, headers.disposition.find(';'))),
                                    "form-data")) {
    return fail(ErrorCode::invalid_input,
                "A part of the form has no Content-Disposition: form-data with a name.");
  }
  const std::optional<std::string> file_name = header_parameter(headers.disposition, "filename");
  if (!file_name) {
    if (Result<> checked = check_field(form.fields, *name, content, limits.form); !checked) {
      return checked;
    }
    form.fields.add(*name, std::string(content));
    return {};
  }
  if (file_name->empty() && content.empty()) {
    return {};
  }
  if (Result<> checked = check_text(*name, {}, limits.form); !checked) {
    return checked;
  }
  if (form.files.size() >= limits.files || content.size() > limits.file_bytes) {
    return fail(ErrorCode::too_large, form.files.size() >= limits.files
                                          ? "Too many files at once; send fewer."
                                          : "A file is too large; send a smaller one.");
  }
  form.files.push_back(
      {*name, safe_file_name(*file_name), media_type_of(headers.content_type), std::string(content)});
  return {};
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  return decoded(text, Plus::as_is);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string result;
  result.reserve(text.size());
  for (const char character : text) {
    if (unreserved.find(character) != std::string_view::npos) {
      result += character;
    } else {
      const auto byte = static_cast<unsigned char>(character);
      result += '%';
      result += digits[byte >> 4U];
      result += digits[byte & 15U];
    }
  }
  return result;
}

Result<Parameters> parse_form(std::string_view body, const FormLimits& limits) {
  Parameters parameters;
  while (!body.empty()) {
    const std::size_t end = body.find('&');
    const std::string_view pair = body.substr(0, end);
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    if (pair.empty()) {
      continue;
    }
    const std::size_t equals = pair.find('=');
    std::optional<std::string> name = decoded(pair.substr(0, equals), Plus::means_space);
    std::optional<std::string> value = equals == std::string_view::npos
                                           ? std::string()
                                           : decoded(pair.substr(equals + 1), Plus::means_space);
    if (!name || !value) {
      return fail(ErrorCode::invalid_input, "The form has a broken % escape.");
    }
    if (Result<> checked = check_field(parameters, *name, *value, limits); !checked) {
      return fail(checked.error());
    }
    parameters.add(std::move(*name), std::move(*value));
  }
  return parameters;
}

Result<MultipartForm> parse_multipart(std::string_view content_type, std::string_view body,
                                      const MultipartLimits& limits) {
  if (!equal_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data")) {
    return fail(ErrorCode::unsupported, "The form must be sent as multipart/form-data.");
  }
  const std::optional<std::string> boundary = header_parameter(content_type, "boundary");
  if (!boundary || !is_boundary(*boundary)) {
    return fail(ErrorCode::invalid_input, "The Content-Type has no usable boundary.");
  }
  const std::string delimiter = "\r\n--" + *boundary;
  // The first delimiter may stand at the very start, without its line break.
  const std::string_view first = std::string_view(delimiter).substr(2);
  std::size_t at = body.starts_with(first) ? first.size() : body.find(delimiter);
  if (at == std::string_view::npos) {
    return fail(ErrorCode::invalid_input, "The form does not hold its boundary.");
  }
  at += body.starts_with(first) ? 0 : delimiter.size();
  MultipartForm form;
  while (!body.substr(at).starts_with("--")) {
    const std::size_t line_end = body.find("\r\n", at);
    if (line_end == std::string_view::npos || !trimmed(body.substr(at, line_end - at)).empty()) {
      return fail(ErrorCode::invalid_input, "The form has a broken boundary line.");
    }
    // A part without any headers has its empty line right here; the search then starts at the boundary's line
    // break.
    const std::size_t head_end = body.find("\r\n\r\n", line_end);
    const std::size_t part_end =
        head_end == std::string_view::npos ? head_end : body.find(delimiter, head_end + 2);
    if (part_end == std::string_view::npos) {
      return fail(ErrorCode::invalid_input, "The form is cut off.");
    }
    if (head_end - line_end > limits.part_header_bytes) {
      return fail(ErrorCode::too_large, "A part of the form has headers that are too long.");
    }
    const std::string_view head =
        head_end > line_end ? body.substr(line_end + 2, head_end - line_end - 2) : std::string_view();
    const std::size_t content = std::min(head_end + 4, part_end);
    if (Result<> added = add_part(form, head, body.substr(content, part_end - content), limits); !added) {
      return fail(added.error());
    }
    at = part_end + delimiter.size();
  }
  return form;
}

std::string safe_file_name(std::string_view name) {
  constexpr std::size_t most_bytes = 120;
  if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  std::string safe;
  for (const char character : name) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= 0x20 && byte != 0x7f &&
        std::string_view("<>:\"|?*").find(character) == std::string_view::npos) {
      safe += character;
    }
  }
  safe.erase(0, std::min(safe.find_first_not_of(". "), safe.size()));
  if (safe.size() > most_bytes) {
    // Keeps a short extension, so that people still see what it is.
    const std::size_t dot = safe.rfind('.');
    const std::string extension =
        dot != std::string::npos && safe.size() - dot <= 10 ? safe.substr(dot) : std::string();
    std::size_t keep = most_bytes - extension.size();
    while (keep > 0 && (static_cast<unsigned char>(safe[keep]) & 0xC0U) == 0x80U) {
      --keep;
    }
    safe = safe.substr(0, keep) + extension;
  }
  return safe.empty() || !is_utf8(safe) ? std::string("bestand") : safe;
}

}  // namespace softbot::http
