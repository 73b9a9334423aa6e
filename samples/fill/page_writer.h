#pragma once

#include <string>
#include <vector>

#include "picture.h"
#include "random.h"
#include "writer.h"
#include "written.h"

namespace softbot::fill {

/// Writes a form by hand on pictures of its blank pages (in the geometry's order, all of one resolution; an
/// empty picture: that page is nowhere).
void write_on(std::vector<Picture>& pages, const WrittenForm& form, const Writer& writer,
              const Handwriting& handwriting, Random& random);

/// A letter on a blank sheet: the words on lines of their own, signed.
void write_letter(Picture& sheet, const std::string& words, const Writer& writer,
                  const Handwriting& handwriting, Random& random);

}  // namespace softbot::fill
