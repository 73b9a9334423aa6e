#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

namespace softbot::pdf {

/// Owners of Cairo's and Pango's objects: nothing of theirs is kept as a bare pointer.
struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* canvas) const { cairo_destroy(canvas); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(PangoGlyphItem* item) const { pango_glyph_item_free(item); }
  void operator()(PangoLayoutIter* place) const { pango_layout_iter_free(place); }
};

template <class T>
using Handle = std::unique_ptr<T, Release>;

}  // namespace softbot::pdf
