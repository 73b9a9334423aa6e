#include "web/form_post.h"

#include "domain/text.h"

namespace softbot::web {

std::string PostedForm::get(std::string_view name) const {
  return std::string(trim(web_value(typed, name)));
}

Result<PostedForm> posted_form(const http::Request& request, const http::FormLimits& limits) {
  PostedForm form;
  if (request.content_type() == "multipart/form-data") {
    auto parsed = http::parse_multipart(request.headers.get("Content-Type"), request.body, {.form = limits});
    if (!parsed) return fail(parsed.error());
    form.typed = parsed->fields.pairs();
    form.files = std::move(parsed->files);
    return form;
  }
  auto parsed = http::parse_form(request.body, limits);
  if (!parsed) return fail(parsed.error());
  form.typed = parsed->pairs();
  return form;
}

std::string media_type_of(std::string_view bytes) {
  // ISO 32000 lets some bytes stand before the header.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return "application/pdf";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  return {};
}

}  // namespace softbot::web
