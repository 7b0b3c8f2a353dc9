#include "ui/pages/imaging/CalibrationPanel.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/Parts.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace naru::ui {

CalibrationPanel::CalibrationPanel(Theme &theme, int images, QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("imaging.calibration"));
    setAccessibleName(tr("Calibrate by a known length"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 1, 1);
    auto *row = new QHBoxLayout;
    column->addLayout(row);
    m_length = new HangulLineEdit(this);
    m_length->setObjectName(QStringLiteral("imaging.calibration.length"));
    m_length->setAccessibleName(tr("Length of the line in mm"));
    m_length->setPlaceholderText(tr("Length in mm"));
    m_length->setInputMethodHints(Qt::ImhFormattedNumbersOnly);
    row->addWidget(m_length, 1);
    row->addWidget(new QLabel(QStringLiteral("mm"), this));
    m_scope = new QComboBox(this);
    m_scope->setObjectName(QStringLiteral("imaging.calibration.scope"));
    m_scope->setAccessibleName(tr("For which images"));
    m_scope->view()->setAccessibleName(tr("For which images"));
    m_scope->addItem(tr("This image only"));
    m_scope->addItem(tr("All %n image(s) of the series", nullptr, images));
    m_scope->setVisible(images > 1);
    row->addWidget(m_scope);
    auto *apply = pushButton(tr("Calibrate"), QStringLiteral("imaging.calibration.apply"), this);
    row->addWidget(apply);
    m_problem = secondary(theme, {}, this);
    m_problem->setObjectName(QStringLiteral("imaging.calibration.problem"));
    m_problem->hide();
    column->addWidget(m_problem);
    connect(m_length, &HangulLineEdit::submitted, this, &CalibrationPanel::submit);
    connect(apply, &QPushButton::clicked, this, &CalibrationPanel::submit);
}

void CalibrationPanel::submit()
{
    bool number = false;
    const double length =
        m_length->text().trimmed().replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&number);
    if (number && length > 0 && length <= MostMillimetres) {
        Q_EMIT accepted(length, m_scope->currentIndex() == 1);
        return;
    }
    m_problem->setText(tr("A number of millimetres, up to %1").arg(MostMillimetres, 0, 'f', 0));
    m_problem->show();
    adjustSize();
    m_length->setFocus(Qt::OtherFocusReason);
}

void CalibrationPanel::place(const QPointF &near)
{
    const QSize room = parentWidget()->size();
    const QSize size = sizeHint().boundedTo(room);
    resize(size);
    move(std::clamp(int(near.x()), 0, room.width() - size.width()),
        std::clamp(int(near.y()), 0, room.height() - size.height()));
}

void CalibrationPanel::focusFirst()
{
    m_length->setFocus(Qt::OtherFocusReason);
}

} // namespace naru::ui
