// What the page asks in the middle of a drawing: words, a length.
#include "ui/pages/imaging/CalibrationPanel.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/viewport/Viewport.h"

namespace naru::ui {

std::vector<ShownImage> imagesOf(const ImageProvider &provider)
{
    std::vector<ShownImage> all;
    all.reserve(std::size_t(provider.count()));
    for (int i = 0; i < provider.count(); ++i)
        all.push_back(provider.known(i));
    return all;
}

void ImagingPage::askText(Viewport &view, const QPointF &at, const std::function<void(const QString &)> &done)
{
    auto *field = new HangulLineEdit(&view);
    field->setObjectName(QStringLiteral("imaging.text"));
    field->setAccessibleName(tr("Text on the image"));
    field->setPlaceholderText(tr("Text, then Enter"));
    m_parts->textField = field;
    const QSize size(std::min(view.width() - 8, context().theme().unit(50)), field->sizeHint().height());
    field->setGeometry(QRect(QPoint(std::clamp(int(at.x()), 4, view.width() - size.width() - 4),
                                 std::clamp(int(at.y()), 4, view.height() - size.height() - 4)),
        size));
    field->show();
    field->setFocus(Qt::OtherFocusReason);
    connect(field, &HangulLineEdit::submitted, field, [this, field, done] {
        done(field->text());
        field->deleteLater();
        focusFirst();
    });
}

void ImagingPage::askLength(Viewport &view, const QPointF &from, const QPointF &to)
{
    delete m_parts->calibration.data();
    auto *panel = new CalibrationPanel(context().theme(), view.provider()->count(), &view);
    m_parts->calibration = panel;
    panel->show();
    const QPointF a = view.transform().map(from), b = view.transform().map(to);
    panel->place(QPointF((a.x() + b.x()) / 2, std::max(a.y(), b.y()) + context().theme().unit(3)));
    panel->focusFirst();
    // Where the line was drawn, wherever the view has been turned to since.
    connect(panel, &CalibrationPanel::accepted, this,
        [this, image = view.image(), all = imagesOf(*view.provider()), from, to](double millimetres,
            bool whole) { calibrate(whole ? all : std::vector<ShownImage>{image}, from, to, millimetres); });
}

void ImagingPage::calibrate(
    const std::vector<ShownImage> &images, const QPointF &from, const QPointF &to, double millimetres)
{
    if (!m_parts->book.calibrate(images, from, to, millimetres)) {
        context().showToast(tr("This length cannot be used"));
        return;
    }
    m_parts->calibration->hide();
    m_parts->calibration->deleteLater(); // its own signal is being answered
    m_parts->calibration.clear();
    for (const auto &tool : m_tools)
        tool.second->cancel();
    perform(QStringLiteral("tool.length")); // what one calibrated for
    focusFirst();
}

} // namespace naru::ui
