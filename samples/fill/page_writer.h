#pragma once

#include <vector>

#include "picture.h"
#include "random.h"
#include "writer.h"
#include "written.h"

namespace softbot::fill {

/// Writes a form by hand on pictures of its blank pages (in the geometry's order, all of one resolution).
/// Strips of real handwriting may stand for words on lines: what they say is then nobody's.
void write_on(std::vector<Picture>& pages, const WrittenForm& form, const Writer& writer,
              const Handwriting& handwriting, Random& random);

}  // namespace softbot::fill
