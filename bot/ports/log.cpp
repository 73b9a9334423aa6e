#include "ports/log.h"

namespace softbot {
namespace {

thread_local std::string_view trace_of_this_thread;

}  // namespace

TraceScope::TraceScope(std::string_view trace_id) : previous_(trace_of_this_thread) {
  trace_of_this_thread = trace_id;
}

TraceScope::~TraceScope() {
  trace_of_this_thread = previous_;
}

std::string_view current_trace() {
  return trace_of_this_thread;
}

}  // namespace softbot
