#include "adapters/mail/message.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "domain/text.h"

namespace softbot::mail {
namespace {

struct Unreference {
  template <class Object>
  void operator()(Object* object) const {
    g_object_unref(object);
  }
};
template <class Object>
using Held = std::unique_ptr<Object, Unreference>;

/// GMime's own set-up, once for the whole process.
void start_gmime() {
  static const bool started = [] {
    g_mime_init();
    return true;
  }();
  (void)started;
}

bool is_utf8(const std::string& text) {
  return g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) != 0;
}

bool is_one_line(const std::string& text) {
  return is_utf8(text) && !has_control_characters(text) && text.find_first_of("\r\n\t") == std::string::npos;
}

bool is_id(const std::string& text) {
  constexpr std::size_t longest = 100;
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
  });
}

Result<void> check(const MailMessage& message, const Sender& sender) {
  if (!is_one_line(message.subject) || !is_one_line(sender.name))
    return fail(ErrorCode::invalid_input, "The subject or the sender of a mail is not one line of text.");
  if (!is_id(message.id) || !is_id(message.language))
    return fail(ErrorCode::invalid_input, "The id or the language of a mail has other characters than - .");
  if (!is_utf8(message.text)) return fail(ErrorCode::invalid_input, "The text of a mail is no UTF-8.");
  return {};
}

Held<GMimePart> text_part(const MailMessage& message) {
  Held<GMimePart> part(GMIME_PART(g_mime_text_part_new_with_subtype("plain")));
  g_mime_text_part_set_charset(GMIME_TEXT_PART(part.get()), "utf-8");
  g_mime_text_part_set_text(GMIME_TEXT_PART(part.get()), message.text.c_str());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_object_set_header(GMIME_OBJECT(part.get()), "Content-Language", message.language.c_str(), "utf-8");
  return part;
}

/// With CR LF at the end of each line, and none other.
std::string to_line(GMimeMessage* message) {
  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  const Held<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream.get());
  g_mime_format_options_free(format);
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

}  // namespace

std::string domain_of(const EmailAddress& address) {
  return address.text().substr(address.text().find('@') + 1);
}

Result<std::string> write_message(const MailMessage& message, const Sender& sender, Instant now) {
  if (const auto sound = check(message, sender); !sound) return fail(sound.error());
  start_gmime();
  const Held<GMimeMessage> written(g_mime_message_new(TRUE));
  g_mime_message_add_mailbox(written.get(), GMIME_ADDRESS_TYPE_FROM,
                             sender.name.empty() ? nullptr : sender.name.c_str(),
                             sender.address.text().c_str());
  g_mime_message_add_mailbox(written.get(), GMIME_ADDRESS_TYPE_TO, nullptr, message.to.text().c_str());
  g_mime_message_set_subject(written.get(), message.subject.c_str(), "utf-8");
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  GDateTime* date = g_date_time_new_from_unix_utc(seconds);
  g_mime_message_set_date(written.get(), date);
  g_date_time_unref(date);
  g_mime_message_set_message_id(written.get(), (message.id + "@" + domain_of(sender.address)).c_str());
  g_mime_object_set_header(GMIME_OBJECT(written.get()), "Auto-Submitted", "auto-generated", "utf-8");
  const Held<GMimePart> part = text_part(message);
  g_mime_message_set_mime_part(written.get(), GMIME_OBJECT(part.get()));
  return to_line(written.get());
}

}  // namespace softbot::mail
