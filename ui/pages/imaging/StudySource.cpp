#include "ui/pages/imaging/StudySource.h"

#include "core/base/Errors.h"

namespace naru::ui {

base::Status StudySource::keep(const QByteArray &)
{
    return base::Error(base::errors::Stopped, QStringLiteral("this source keeps nothing"));
}

} // namespace naru::ui
