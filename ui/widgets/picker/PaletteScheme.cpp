#include "ui/widgets/picker/PaletteScheme.h"

namespace naru::ui {

Theme::Scheme schemeOf(const QPalette &palette)
{
    for (const Theme::Scheme scheme :
        {Theme::Scheme::Light, Theme::Scheme::Dark, Theme::Scheme::HcDark, Theme::Scheme::HcLight}) {
        if (palette.color(QPalette::Active, QPalette::Base) == Theme::color(QStringLiteral("surface"), scheme)
            && palette.color(QPalette::Active, QPalette::Text)
                == Theme::color(QStringLiteral("text"), scheme))
            return scheme;
    }
    return Theme::Scheme::Light;
}

} // namespace naru::ui
