#include "ui/widgets/picker/PickerRefine.h"

#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/picker/PickerWords.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace naru::ui {

namespace {
constexpr int kNumbered = 9; // by Alt and a digit
}

PickerRefine::PickerRefine(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("codePicker.refine"));
    m_grid->setColumnStretch(1, 1);
    hide();
}

void PickerRefine::setRefinements(const std::vector<CodeRefinement> &refinements)
{
    // A chip may be the sender of the very call that changes them.
    for (QWidget *old : findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        old->hide();
        old->deleteLater();
    }
    for (QPushButton *old : m_chips)
        old->setObjectName({});
    m_chips.clear();
    const int unit = qMax(3, fontMetrics().height() / 4);
    m_grid->setContentsMargins(2 * unit, unit, 2 * unit, unit);
    m_grid->setHorizontalSpacing(2 * unit);
    m_grid->setVerticalSpacing(unit);
    QString axis;
    QWidget *line = nullptr;
    int row = 0;
    for (int i = 0; i < int(refinements.size()); ++i) {
        const CodeRefinement &refinement = refinements[size_t(i)];
        if (!line || refinement.axis != axis) {
            axis = refinement.axis;
            auto *heading = new QLabel(PickerWords::axis(axis), this);
            heading->setForegroundRole(QPalette::PlaceholderText);
            line = new QWidget(this);
            (new FlowLayout(line))->setSpacing(unit);
            line->layout()->setContentsMargins(0, 0, 0, 0);
            m_grid->addWidget(heading, row, 0, Qt::AlignLeft | Qt::AlignTop);
            m_grid->addWidget(line, row, 1);
            heading->show();
            line->show();
            ++row;
        }
        const QString label =
            QFontMetrics(font()).elidedText(refinement.label, Qt::ElideMiddle, 40 * 2 * unit);
        auto *chip =
            new QPushButton(i < kNumbered ? QString::number(i + 1) + QLatin1Char(' ') + label : label, line);
        chip->setObjectName(QStringLiteral("codePicker.refine.%1").arg(i + 1));
        chip->setAccessibleName(PickerWords::axis(axis) + QStringLiteral(", ") + refinement.label);
        chip->setToolTip(refinement.choice.code + QLatin1Char(' ') + refinement.choice.coded.text());
        chip->setCheckable(true);
        chip->setAutoExclusive(false);
        chip->setFocusPolicy(Qt::NoFocus);
        connect(chip, &QPushButton::clicked, this, [this, i] { Q_EMIT clicked(i); });
        line->layout()->addWidget(chip);
        chip->show();
        m_chips.push_back(chip);
    }
    // A label stands on the line of its chips.
    for (QLabel *heading : findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!m_chips.empty())
            heading->setMinimumHeight(m_chips.front()->sizeHint().height());
    }
    setVisible(!refinements.empty());
}

void PickerRefine::setCurrent(int index)
{
    for (int i = 0; i < int(m_chips.size()); ++i)
        m_chips[size_t(i)]->setChecked(i == index);
}

} // namespace naru::ui
