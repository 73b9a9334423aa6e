#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"

/// What Application::readings and Application::paper mean for a decision. Pure.
///
/// Each reading also names what read it, as `reader`: the version of the program and of its models.
///
/// A field of the form may carry a decision when it was read as `certain`, when surely nothing stands there,
/// when the register supported it (policy/register_support.h) or what was granted before
/// (policy/provision_support.h), when a person looked at the page and confirmed or corrected it, when its
/// question does not apply, or when the decision is the same whatever of it was meant
/// (pipeline/every_reading.h). Everything else is unsettled.
namespace softbot::paper {

/// True for an application that came on a printed form.
[[nodiscard]] bool is_on_paper(const Application& application);

/// One field as it was read, or null when the form has no such field. `field`: its name in the geometry, with
/// or without "common." before it.
[[nodiscard]] const Value& reading_of(const Application& application, std::string_view field);

/// What is written there may be used as what the resident meant. True for what is on no paper.
[[nodiscard]] bool is_settled(const Application& application, std::string_view field);

/// Names of fields of this class ("decisive", "supporting", "free") that are not settled, as read, doubtful
/// ones first.
[[nodiscard]] std::vector<std::string> unsettled(const Application& application,
                                                 std::string_view field_class);

/// There is ink in the field, and no value that could be used was read from it.
[[nodiscard]] bool has_unread_ink(const Application& application, std::string_view field);

/// Free fields with ink that nobody has looked at.
[[nodiscard]] std::vector<std::string> ink_to_look_at(const Application& application);

/// Doubts about the paper as a whole (page-missing, page-twice, ...) that no person has set aside.
[[nodiscard]] std::vector<Reason> open_doubts(const Application& application);
void add_doubt(Application& application, const Reason& doubt);

/// Who looked, and when.
struct Look {
  std::string by;
  Instant at{};
};

/// A person looked at the page: the field's value is as it stands in the answers. False when the form has no
/// such field.
bool mark_checked(Application& application, std::string_view field, const Look& look);
/// A person set the doubt aside. False when there is no such doubt.
bool settle_doubt(Application& application, std::string_view code, const Look& look);
/// A person looked at the ink of one free field, or of all when `field` is "".
void mark_looked_at(Application& application, std::string_view field, const Look& look);
/// Something else confirms that this is what stands there. `by`: "register", "provision" or "receipt".
void mark_supported(Application& application, std::string_view field, const Value& value,
                    std::string_view by);
/// One of these values stands there, and the decision is the same whichever it is. The answer stays as it is.
void mark_tried(Application& application, std::string_view field, const Value& values);
/// Fields that are settled so, and that no person has looked at.
[[nodiscard]] std::vector<std::string> resting_on_every_reading(const Application& application);
/// They are in doubt again.
void forget_tried(Application& application);
/// Says whether the question is to be answered at all: what stands at a question that does not apply decides
/// nothing, however it was read.
void mark_applies(Application& application, std::string_view field, bool applies);

/// The answers without what is not settled, as the policy may use them: what is left out is unknown.
[[nodiscard]] Value settled_answers(const Application& application, std::string_view part);

}  // namespace softbot::paper
