#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/bsn.h"
#include "pipeline/edit.h"

namespace softbot::pipeline {

/// A case is sealed under the key of the person whose citizen number stands in it. When that number is filled
/// in or corrected later, the case moves to that person's key. Order, so that a crash at any moment leaves
/// every document readable: the bytes sealed anew lie durable in files of their own; then one transaction
/// moves all rows; then the old files go. Files that a crash leaves unused are removed by a job that was
/// stored before them.

/// The number of the person to whom this case should move: valid, confirmed, and not of the person under
/// whose key it is. A number that somebody filled in without signing, in a case that is signed, moves
/// nothing.
[[nodiscard]] std::optional<Bsn> number_of_another(Transaction& transaction, const Application& application);

/// Documents sealed for the person to whom a case moves, not yet in use.
struct PreparedMove {
  PersonId from;
  PersonId to;
  bool from_known = false;                ///< the case was thought to be of somebody with another number
  std::vector<DocumentRecord> documents;  ///< of the case, as they were when this was prepared
  std::map<DocumentId, DocumentId> files;
};

/// Seals what goes along for the person with that number. Slow: not inside a transaction. Of a case that was
/// thought to be somebody else's, letters that we wrote stay behind: they name that person. Fails with
/// `not_found`, `storage`.
[[nodiscard]] Result<PreparedMove> prepare_move(const Services& services,
                                                const ApplicationReference& reference, const Bsn& bsn);

/// True while the case has the documents and the person that the move was prepared for.
[[nodiscard]] bool still_fits(Transaction& transaction, const PreparedMove& move,
                              const Application& application, const Bsn& bsn);

/// Moves the case inside the transaction of an edit, before its effects are stored. What the case holds of an
/// earlier, known person is taken out of it; their letters that did not go yet are held back. Fails with
/// `stale` when a prepared file is being discarded.
[[nodiscard]] Result<void> move_to_other_person(const Services& services, Transaction& transaction,
                                                const PreparedMove& move, Application& application,
                                                Effects& effects);

}  // namespace softbot::pipeline
