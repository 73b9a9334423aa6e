#include "adapters/sqlite/audit.h"

#include <map>

#include "adapters/sqlite/audit_chain.h"
#include "adapters/sqlite/columns.h"

namespace softbot::sqlite {
namespace {

constexpr std::string_view checkpoint_format = "softbot-audit-checkpoint-1";

struct Checkpoint {
  std::int64_t number = 0;
  std::string hash;
  Instant at{};
  std::string signature;
};

/// Walks the chain link by link, holding each against the one before and against the checkpoints.
class Inspection {
 public:
  Inspection(const StoreContext& context, std::multimap<std::int64_t, Checkpoint> checkpoints)
      : context_(context), checkpoints_(std::move(checkpoints)) {}

  /// False once something does not fit.
  bool take(const AuditRecord& link) {
    const std::int64_t expected = report_.links + 1;
    if (link.number != expected) return broken(expected, "link " + std::to_string(expected) + " is missing");
    if (link.previous != last_hash_) {
      return broken(expected, "link " + std::to_string(expected) + " does not follow from the one before");
    }
    if (link.hash != audit_hash(context_.identity.node, link)) {
      return broken(expected, "link " + std::to_string(expected) + " was changed");
    }
    report_.links = expected;
    last_hash_ = link.hash;
    return take_checkpoints(link);
  }

  AuditReport finish() {
    if (report_.whole() && !checkpoints_.empty() && checkpoints_.rbegin()->first > report_.links) {
      broken(report_.links + 1, "the chain ends at link " + std::to_string(report_.links) + ", but link " +
                                    std::to_string(checkpoints_.rbegin()->first) +
                                    " was confirmed: links were removed");
    }
    return std::move(report_);
  }

 private:
  bool take_checkpoints(const AuditRecord& link) {
    const auto [first, last] = checkpoints_.equal_range(link.number);
    for (auto at = first; at != last; ++at) {
      const Checkpoint& checkpoint = at->second;
      const std::string text =
          checkpoint_text(context_.identity.node, checkpoint.number, checkpoint.hash, checkpoint.at);
      if (!context_.vault.signature_fits(text, checkpoint.signature)) {
        return broken(link.number, "the checkpoint at link " + std::to_string(link.number) +
                                       " is not signed by this store");
      }
      if (checkpoint.hash != link.hash) {
        return broken(link.number,
                      "link " + std::to_string(link.number) +
                          " is not the one that a checkpoint confirmed: the chain was built anew");
      }
      ++report_.checkpoints;
    }
    return true;
  }

  bool broken(std::int64_t number, std::string problem) {
    report_.broken_at = number;
    report_.problem = std::move(problem);
    return false;
  }

  const StoreContext& context_;
  std::multimap<std::int64_t, Checkpoint> checkpoints_;
  AuditReport report_;
  std::string last_hash_;
};

Result<Checkpoint> checkpoint_from(const Value& exported, const std::string& node) {
  const auto number = exported["number"].as_integer();
  const auto at = parse_instant(exported["at"].text_or_empty());
  if (exported["format"].text_or_empty() != checkpoint_format || !number || !at) {
    return fail(ErrorCode::invalid_input, "This is no exported checkpoint of an audit chain.");
  }
  if (exported["node"].text_or_empty() != node) {
    return fail(ErrorCode::invalid_input, "This checkpoint is of the chain of another node.");
  }
  return Checkpoint{*number, exported["hash"].text_or_empty(), *at, exported["signature"].text_or_empty()};
}

std::multimap<std::int64_t, Checkpoint> stored_checkpoints(Database& database) {
  std::multimap<std::int64_t, Checkpoint> all;
  Statement rows = database.query("SELECT number, hash, at, signature FROM audit_checkpoint ORDER BY number");
  while (rows.step()) {
    all.emplace(rows.integer(0),
                Checkpoint{rows.integer(0), rows.text(1), instant_from(rows.integer(2)), rows.text(3)});
  }
  return all;
}

}  // namespace

Result<AuditReport> verify_audit(SqliteStore& store, const std::optional<Value>& exported) {
  std::optional<Checkpoint> kept;
  if (exported) {
    auto checkpoint = checkpoint_from(*exported, store.context().identity.node);
    if (!checkpoint) return fail(checkpoint.error());
    kept = std::move(*checkpoint);
  }
  AuditReport report;
  const auto done = store.read_rows([&](Database& database) {
    auto checkpoints = stored_checkpoints(database);
    if (kept) checkpoints.emplace(kept->number, *kept);
    Inspection inspection(store.context(), std::move(checkpoints));
    Statement rows = database.query(
        "SELECT number, at, actor, action, subject, purpose, activity, commitment, previous, hash FROM audit "
        "ORDER BY number");
    while (rows.step()) {
      if (!inspection.take(audit_row(rows))) break;
    }
    report = inspection.finish();
    return Result<void>();
  });
  if (!done) return fail(done.error());
  return report;
}

Result<Value> export_audit_checkpoint(SqliteStore& store) {
  const StoreContext& context = store.context();
  Checkpoint made;
  const auto done = store.write_rows([&](Database& database) -> Result<void> {
    {
      Statement last = database.query("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1");
      if (!last.step()) return fail(ErrorCode::not_found, "The audit chain has no link yet.");
      made = {last.integer(0), last.text(1), context.clock.now(), {}};
    }
    made.signature =
        context.vault.sign(checkpoint_text(context.identity.node, made.number, made.hash, made.at));
    database.run("INSERT OR IGNORE INTO audit_checkpoint (number, at, hash, signature) VALUES (?, ?, ?, ?)",
                 made.number, to_column(made.at), made.hash, made.signature);
    return {};
  });
  if (!done) return fail(done.error());
  return Value::object({{"format", checkpoint_format},
                        {"node", context.identity.node},
                        {"number", made.number},
                        {"hash", made.hash},
                        {"at", format_instant(made.at)},
                        {"signature", made.signature}});
}

}  // namespace softbot::sqlite
