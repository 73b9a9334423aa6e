#include "pipeline/stages.h"

namespace softbot::pipeline {

Result<void> discard_file(const Services& services, const std::string& file) {
  bool used = false;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    used = transaction.is_file_of_document(DocumentId(file));
    return {};
  });
  if (!read || used) return read;
  return services.files.remove(DocumentId(file));
}

Result<void> take_back_delivery(const Services& services, const std::string& outbox_key) {
  bool may_be_there = false;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto row = transaction.outbox(outbox_key);
    const auto person = row ? transaction.person(row->person) : std::nullopt;
    may_be_there = row && row->state != "cancelled" && person && !person->wrapped_key.empty();
    return {};
  });
  if (!read || may_be_there) return read;
  for (Deliverer* outside : {&services.post, &services.provider_orders}) {
    if (const auto taken = outside->take_back(outbox_key); !taken) return fail(taken.error());
  }
  return {};
}

}  // namespace softbot::pipeline
