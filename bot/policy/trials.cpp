#include "policy/trials.h"

#include <utility>

namespace softbot {
namespace {

constexpr int niceness = 5;  ///< whoever serves people goes first

}  // namespace

std::string_view name_of(TrialState state) {
  switch (state) {
    case TrialState::running:
      return "running";
    case TrialState::done:
      return "done";
    case TrialState::cancelled:
      return "cancelled";
    case TrialState::failed:
      break;
  }
  return "failed";
}

PolicyTrials::~PolicyTrials() {
  const std::scoped_lock lock(starting_);
  worker_ = {};  // asks it to stop, and waits
}

Result<void> PolicyTrials::start(TrialRequest request, ComparedPolicies policies) {
  const std::scoped_lock starting(starting_);
  {
    const std::scoped_lock lock(mutex_);
    if (view_ && view_->state == TrialState::running)
      return fail(ErrorCode::conflict,
                  "Er wordt al een concept geprobeerd. Wacht tot dat klaar is, of stop het.");
    view_ = TrialView{request,
                      policies.active.version(),
                      policies.draft.version(),
                      policies.values_on,
                      TrialState::running,
                      {},
                      nullptr,
                      ""};
  }
  worker_ = std::jthread([this, filter = request.filter, policies = std::move(policies)](
                             const std::stop_token& stop) { run(stop, filter, policies); });
  return {};
}

void PolicyTrials::run(const std::stop_token& stop, const JudgementFilter& filter,
                       const ComparedPolicies& policies) {
  TrialOptions options{filter, threads_, niceness, stop, [this](const TrialProgress& progress) {
                         const std::scoped_lock lock(mutex_);
                         view_->progress = progress;
                       }};
  auto simulation = try_on_history(history_, policies, options);
  const std::scoped_lock lock(mutex_);
  if (!simulation) {
    view_->state = TrialState::failed;
    view_->failure = simulation.error().message;
  } else if (simulation->cancelled) {
    view_->state = TrialState::cancelled;
  } else {
    view_->state = TrialState::done;
    view_->result = std::make_shared<const Simulation>(*std::move(simulation));
  }
}

std::optional<TrialView> PolicyTrials::latest() const {
  const std::scoped_lock lock(mutex_);
  return view_;
}

Result<void> PolicyTrials::cancel(std::string_view id) {
  const std::scoped_lock starting(starting_);
  {
    const std::scoped_lock lock(mutex_);
    if (!view_ || view_->request.id != id)
      return fail(ErrorCode::not_found, "Er is geen proef met dit nummer.");
  }
  worker_.request_stop();
  return {};
}

Value to_value(const TrialView& trial, std::size_t most) {
  return Value::object(
      {{"id", trial.request.id},
       {"by", trial.request.by},
       {"at", format_instant(trial.request.at)},
       {"active", trial.active},
       {"draft", trial.draft},
       {"valuesOn", format_iso(trial.values_on)},
       {"municipality", trial.request.filter.municipality},
       {"type", trial.request.filter.type},
       {"state", name_of(trial.state)},
       {"progress", Value::object({{"done", trial.progress.done}, {"all", trial.progress.all}})},
       {"failure", trial.failure},
       {"result", trial.result ? to_value(*trial.result, most) : Value()}});
}

}  // namespace softbot
