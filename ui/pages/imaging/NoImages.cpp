#include "ui/pages/imaging/NoImages.h"

#include "ui/pages/imaging/ViewerActs.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/Parts.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace naru::ui {

NoImages::NoImages(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("imaging.none"));
    auto *outside = new QVBoxLayout(this);
    outside->setContentsMargins(0, 0, 0, 0);
    auto *inside = new QWidget(this);
    QWidget *area = scrolled(inside, QStringLiteral("imaging.none.scroll"), this); // a low window
    outside->addWidget(area);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    auto *block = new QWidget(inside);
    block->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *ways = new QGridLayout(block);
    ways->setContentsMargins(0, 0, 0, 0);
    ways->addWidget(sectionTitle(theme, tr("This chart has no images yet"), this), 0, 0, 1, 2);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(block, 100); // as wide as it may be, in the middle
    row->addStretch(1);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
    const auto add = [&](const QString &act, const QString &words, const QString &why) {
        const int row = ways->rowCount();
        auto *button = pushButton(words, QStringLiteral("imaging.none.") + act, this);
        connect(button, &QPushButton::clicked, this, [this, act] { Q_EMIT wanted(act); });
        auto *label = secondary(theme, why, this);
        label->setWordWrap(true);
        button->setAccessibleDescription(why);
        ways->addWidget(button, row, 0);
        ways->addWidget(label, row, 1);
        if (!m_first)
            m_first = button;
    };
    const auto known = [&](const char *id, const QString &why) {
        const ViewerAct *act = ViewerAct::of(QString::fromLatin1(id));
        const QString key = act->keyText();
        add(act->id, act->text(language), key.isEmpty() ? why : tr("%1 (%2)").arg(why, key));
    };
    add(QStringLiteral("search"), tr("Other institutions"), tr("What hospitals have shared of this patient"));
    known("import.archive", tr("From the clinic's own archive, or one that is linked"));
    known("folder.open", tr("Only look; nothing is kept"));
    known("import.folder", tr("Everything on it goes into this chart"));
    known("import.zip", tr("The same of a file"));
    known("import.unmatched", tr("What came in and was nobody's here"));
    ways->setColumnStretch(1, 1);
    const auto space = [&theme, ways, block] {
        block->setMaximumWidth(theme.unit(120));
        ways->setHorizontalSpacing(theme.unit(3));
        ways->setVerticalSpacing(theme.unit(1));
    };
    space();
    connect(&theme, &Theme::changed, this, space);
    // What this is stands above the first of the ways, and is read with it.
    QScrollBar *bar = static_cast<QScrollArea *>(area)->verticalScrollBar();
    const auto toTop = [this, bar] {
        if (m_first->hasFocus())
            bar->setValue(0);
    };
    connect(bar, &QScrollBar::rangeChanged, this, toTop);
    connect(qApp, &QApplication::focusChanged, this, toTop);
}

} // namespace naru::ui
