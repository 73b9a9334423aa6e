#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/field_changes.h"
#include "pipeline/services.h"

namespace softbot::pipeline {

/// Where a resident is told by mail that a letter lies on their page, instead of getting it by post (Awb 2:8,
/// 2:10): the address that they typed themselves or that a colleague typed for them, where they agreed,
/// signed, and did not go back to post. Nothing: the letter goes by post. What was read from handwriting is
/// not used, nor what somebody changed who had not signed in.
[[nodiscard]] std::optional<EmailAddress> mail_address_of(const Services& services,
                                                          const Application& application);

/// A letter that waits here is announced within this time of its making, or goes by post.
inline constexpr std::chrono::hours announced_within{48};

/// Why a letter goes by post although mail was agreed; each is the kind of its case event.
namespace by_post {
inline constexpr std::string_view refused = "mail-refused";    ///< the mail server refuses this address
inline constexpr std::string_view too_late = "mail-too-late";  ///< no mail went out in time
inline constexpr std::string_view not_wished =
    "mail-stopped";  ///< no longer agreed, or nobody is mailed here
inline constexpr std::string_view by_staff = "mail-stopped-by-staff";  ///< send_by_post()
}  // namespace by_post

/// Why this case's letters go by post although mail was agreed: a kind of by_post, or "".
[[nodiscard]] std::string why_no_mail(const Application& application);

/// The stage of an outbox entry on channel "mail": prints and keeps all letters of the case that wait for it,
/// tells the resident with one mail, and puts them on the page, dated that day; a decision is thereby
/// published. No answer, "not now", or a fault of our own set-up: again later, with growing waits. The mail
/// server says that the mailbox is not there or takes nothing, or too late: the letters go by post. A
/// mail may go twice when the process ends between the mail server's answer and our note of it, with the same
/// Message-ID; it never is noted without having gone.
[[nodiscard]] Result<void> announce(const Services& services, const std::string& outbox_key);

/// The last stop of announce(): the letters of the case that wait for a mail go by post, because of `why`.
[[nodiscard]] Result<void> post_instead(const Services& services, const std::string& outbox_key,
                                        std::string_view why);

/// What a resident who is signed in chooses for the letters of this case from now on. `address` empty: by
/// post. `invalid_input` for what is no address.
struct LetterWish {
  std::string address;
};
[[nodiscard]] Result<Application> choose_letters(const Services& services,
                                                 const ApplicationReference& reference,
                                                 const std::string& bsn, const LetterWish& wish);

/// From now on the letters of this case go by post because of `why`, a kind of by_post.
void stop_mail(Application& application, std::string_view why);

/// Somebody changes answers, perhaps the address or the wish: whether they are trusted to. Trusted are the
/// resident, signed in or at the counter, and colleagues, who type what a resident says. An address that
/// somebody trusted gives counts as typed, also after a doubtful or a refused one. Who wanted post gets post
/// until somebody trusted says again that they agree.
enum class WhoChanged { trusted, unknown };
void note_mail_changed(Application& application, const std::vector<FieldChange>& changes, WhoChanged who);

/// Events of how letters come: housekeeping, no step of the investigation.
[[nodiscard]] bool is_about_mail(std::string_view event_kind);

}  // namespace softbot::pipeline
