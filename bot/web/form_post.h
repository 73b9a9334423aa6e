#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/from_web.h"
#include "http/multipart.h"
#include "http/request.h"

namespace softbot::web {

/// A posted form, however it was encoded.
struct PostedForm {
  WebParameters typed;
  std::vector<http::UploadedFile> files;

  /// The first value of that name, without white space around it; "" when there is none.
  [[nodiscard]] std::string get(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const { return web_values(typed, name); }
};

/// Reads urlencoded and multipart forms. Fails as http/multipart.h says.
[[nodiscard]] Result<PostedForm> posted_form(const http::Request& request,
                                             const http::FormLimits& limits = {});

/// The media type that the first bytes show: application/pdf, image/jpeg, image/png, or "" for anything else.
/// What a browser claims is not believed.
[[nodiscard]] std::string media_type_of(std::string_view bytes);

}  // namespace softbot::web
