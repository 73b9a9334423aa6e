#include "adapters/mail/smtp_mailer.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "adapters/curl/curl_handle.h"

namespace softbot {
namespace {

/// How far the conversation came: the last command that was said.
enum class Step { greeting, sender, recipient, content };

/// What an answer says besides its three digits, as in "550 5.1.1" (RFC 3463).
struct DetailedCode {
  int subject = 0;
  int detail = 0;
};

struct Conversation {
  std::string_view rest;  ///< of the message
  Step step = Step::greeting;
  std::optional<DetailedCode> never = std::nullopt;  ///< of the last answer, where that was 5xx and gave one
};

std::size_t give(char* target, std::size_t size, std::size_t count, void* from) noexcept {
  auto& rest = static_cast<Conversation*>(from)->rest;
  const std::size_t length = std::min(size * count, rest.size());
  std::memcpy(target, rest.data(), length);
  rest.remove_prefix(length);
  return length;
}

/// A number of one to three digits, taken from the front of `text`.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  std::size_t digits = 0;
  for (; digits < std::min<std::size_t>(text.size(), 3) && text[digits] >= '0' && text[digits] <= '9';
       ++digits)
    number = number * 10 + (text[digits] - '0');
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

/// Of a line "550 5.1.1 words" or "550-5.1.1 words".
std::optional<DetailedCode> detailed_code_of(std::string_view line) {
  constexpr std::size_t before = 4;  // "550 "
  if (line.size() < before || line.front() != '5') return std::nullopt;
  line.remove_prefix(before);
  if (!line.starts_with("5.")) return std::nullopt;
  line.remove_prefix(2);
  const auto subject = take_number(line);
  if (!subject || !line.starts_with('.')) return std::nullopt;
  line.remove_prefix(1);
  const auto detail = take_number(line);
  const bool ends = line.empty() || line.front() == ' ' || line.front() == '\r' || line.front() == '\n';
  if (!detail || !ends) return std::nullopt;
  return DetailedCode{*subject, *detail};
}

/// Sees what is said and forgets it, but for which command it was and the digits of the answer: addresses and
/// passwords pass here.
int watch(CURL*, curl_infotype kind, char* said, std::size_t size, void* of) noexcept {
  const std::string_view line(said, size);
  Conversation& conversation = *static_cast<Conversation*>(of);
  if (kind == CURLINFO_HEADER_IN && !conversation.never) conversation.never = detailed_code_of(line);
  if (kind != CURLINFO_HEADER_OUT || line.starts_with("QUIT")) return 0;
  conversation.never.reset();
  Step& step = conversation.step;
  if (line.starts_with("MAIL ")) step = Step::sender;
  if (line.starts_with("RCPT ")) step = Step::recipient;
  if (line.starts_with("DATA")) step = Step::content;
  return 0;
}

/// Whether "never" is about the mailbox of who is written to. Mail servers say at the same place that they do
/// not relay for us, do not know our sender or want us to sign in (RFC 3463: 5.7.x, 5.1.7, 5.1.8): that is
/// ours to put right and says nothing about the address. Without a detailed code only what RFC 5321
/// section 4.2.3 has for mailboxes counts, and only in answer to the address.
bool is_about_mailbox(const Conversation& conversation, long reply) {
  if (conversation.step != Step::recipient && conversation.step != Step::content) return false;
  if (!conversation.never)
    return conversation.step == Step::recipient && (reply == 550 || reply == 551 || reply == 553);
  const auto [subject, detail] = *conversation.never;
  constexpr std::array no_such_mailbox{1, 2, 3, 6, 10};
  const bool unknown =
      std::find(no_such_mailbox.begin(), no_such_mailbox.end(), detail) != no_such_mailbox.end();
  return subject == 2 || (subject == 1 && unknown);
}

/// An answer is 2xx done, 4xx not now, 5xx never (RFC 5321 section 4.2.1).
MailFailure::Kind kind_of(CURLcode code, long reply, const Conversation& conversation) {
  if (is_wrong_set_up(code)) return MailFailure::Kind::set_up;
  if (reply < 500) return MailFailure::Kind::later;
  return is_about_mailbox(conversation, reply) ? MailFailure::Kind::refused : MailFailure::Kind::set_up;
}

std::string url_of(const SmtpOptions& options, const mail::Sender& sender) {
  const bool bracketed = options.host.find(':') != std::string::npos;
  return std::string(options.encryption == MailEncryption::tls ? "smtps" : "smtp") + "://" +
         (bracketed ? "[" + options.host + "]" : options.host) + ":" + std::to_string(options.port) + "/" +
         mail::domain_of(sender.address);  // how we introduce ourselves
}

void set_up(CURL* handle, const SmtpOptions& options) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_USE_SSL,
                   options.encryption == MailEncryption::none ? CURLUSESSL_NONE : CURLUSESSL_ALL);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   static_cast<long>(std::max<std::int64_t>(options.timeout.count() / 1000, 1)));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
  if (!options.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, options.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, options.password.c_str());
  }
}

}  // namespace

SmtpMailer::SmtpMailer(SmtpOptions options, mail::Sender sender, const Clock& clock)
    : options_(std::move(options)), sender_(std::move(sender)), clock_(clock) {
  start_curl();
}

tl::expected<void, MailFailure> SmtpMailer::send(const MailMessage& message) {
  const auto written = mail::write_message(message, sender_, clock_.now());
  if (!written)
    return tl::unexpected(MailFailure{MailFailure::Kind::set_up, 0, "the message cannot be written"});
  const CurlHandle handle = open_curl();
  const CurlList to = curl_list({message.to.text()});
  Conversation conversation{*written};
  set_up(handle.get(), options_);
  curl_easy_setopt(handle.get(), CURLOPT_URL, url_of(options_, sender_).c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, sender_.address.text().c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, to.get());
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, &give);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &conversation);
  curl_easy_setopt(handle.get(), CURLOPT_VERBOSE, 1L);  // to nobody but `watch`
  curl_easy_setopt(handle.get(), CURLOPT_DEBUGFUNCTION, &watch);
  curl_easy_setopt(handle.get(), CURLOPT_DEBUGDATA, &conversation);
  const CURLcode code = curl_easy_perform(handle.get());
  if (code == CURLE_OK) return {};
  long reply = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &reply);
  return tl::unexpected(MailFailure{kind_of(code, reply, conversation),
                                    reply >= 400 ? static_cast<int>(reply) : 0, curl_easy_strerror(code)});
}

}  // namespace softbot
