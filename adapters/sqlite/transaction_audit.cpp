#include "adapters/sqlite/audit_chain.h"
#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/hash.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {
namespace {

void add_part(std::string& text, std::string_view part) {
  text.append(std::to_string(part.size())).append(":").append(part);
}

}  // namespace

std::string audit_hash(std::string_view node, const AuditRecord& link) {
  std::string text = "softbot-audit-1";
  add_part(text, node);
  add_part(text, std::to_string(link.number));
  add_part(text, std::to_string(to_column(link.at)));
  for (const std::string* part : {&link.actor, &link.action, &link.subject, &link.purpose, &link.activity,
                                  &link.commitment, &link.previous}) {
    add_part(text, *part);
  }
  return sha256(text);
}

std::string checkpoint_text(std::string_view node, std::int64_t number, std::string_view hash, Instant at) {
  std::string text = "softbot-audit-checkpoint-1";
  add_part(text, node);
  add_part(text, std::to_string(number));
  add_part(text, hash);
  add_part(text, std::to_string(to_column(at)));
  return text;
}

AuditRecord audit_row(const Statement& row) {
  return {row.integer(0), instant_from(row.integer(1)),
          row.text(2),    row.text(3),
          row.text(4),    row.text(5),
          row.text(6),    row.text(7),
          row.text(8),    row.text(9)};
}

void SqliteTransaction::append_audit(AuditRecord record) {
  record.number = 1;
  record.previous.clear();
  {
    Statement last = database_.query("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1");
    if (last.step()) {
      record.number = last.integer(0) + 1;
      record.previous = last.text(1);
    }
  }
  record.hash = audit_hash(context_.identity.node, record);
  database_.run(
      "INSERT INTO audit (number, at, actor, action, subject, purpose, activity, commitment, previous, hash) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      record.number, to_column(record.at), record.actor, record.action, record.subject, record.purpose,
      record.activity, record.commitment, record.previous, record.hash);
  if (record.number % context_.audit_checkpoint_every != 0) return;
  const Instant now = context_.clock.now();
  database_.run(
      "INSERT INTO audit_checkpoint (number, at, hash, signature) VALUES (?, ?, ?, ?)", record.number,
      to_column(now), record.hash,
      context_.vault.sign(checkpoint_text(context_.identity.node, record.number, record.hash, now)));
}

std::vector<AuditRecord> SqliteTransaction::audit_of(std::string_view subject) {
  Statement rows = database_.query(
      "SELECT number, at, actor, action, subject, purpose, activity, commitment, previous, hash FROM audit "
      "WHERE subject = ? ORDER BY number",
      subject);
  std::vector<AuditRecord> all;
  while (rows.step()) all.push_back(audit_row(rows));
  return all;
}

}  // namespace softbot::sqlite
