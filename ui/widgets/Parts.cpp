#include "ui/widgets/Parts.h"

#include "ui/shell/NaruStyle.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace naru::ui {

QLabel *themedLabel(Theme &theme, const QString &text, Theme::Face face, const char *token, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::WindowText); // also on a surface, where it would be Text
    const auto restyle = [label, face, token, &theme] {
        label->setFont(theme.font(face));
        QPalette colors = theme.palette();
        colors.setColor(QPalette::WindowText, theme.color(token));
        label->setPalette(colors);
    };
    restyle();
    QObject::connect(&theme, &Theme::changed, label, restyle);
    return label;
}

QLabel *pageTitle(Theme &theme, const QString &text, QWidget *parent)
{
    return themedLabel(theme, text, Theme::Face::PageTitle, "text", parent);
}

QLabel *sectionTitle(Theme &theme, const QString &text, QWidget *parent)
{
    return themedLabel(theme, text, Theme::Face::SectionTitle, "text", parent);
}

QLabel *secondary(Theme &theme, const QString &text, QWidget *parent)
{
    QLabel *label = themedLabel(theme, text, Theme::Face::Body, "textSecondary", parent);
    label->setWordWrap(true);
    return label;
}

QPushButton *pushButton(const QString &text, const QString &objectName, QWidget *parent, const char *look)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    if (look)
        setLook(button, look);
    return button;
}

QWidget *labelled(Theme &theme, const QString &label, QWidget *field, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    followSpacing(theme, column, 0, 1);
    QLabel *words = themedLabel(theme, label, Theme::Face::Caption, "textSecondary", box);
    words->setBuddy(field);
    field->setParent(box);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(label);
    column->addWidget(words);
    column->addWidget(field);
    return box;
}

void followSpacing(Theme &theme, QBoxLayout *layout, double margin, double gap)
{
    const auto set = [layout, margin, gap, &theme] {
        const int around = theme.unit(margin);
        layout->setContentsMargins(around, around, around, around);
        layout->setSpacing(theme.unit(gap));
    };
    set();
    QObject::connect(&theme, &Theme::changed, layout, set);
}

QWidget *scrolled(QWidget *inside, const QString &name, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setObjectName(name);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(inside);
    // Tab scrolls by itself; a key that jumps to a field does not.
    QObject::connect(qApp, &QApplication::focusChanged, area,
        [shown = QPointer<QScrollArea>(area), content = QPointer<QWidget>(inside)](QWidget *, QWidget *now) {
            if (shown && content && now && content->isAncestorOf(now))
                shown->ensureWidgetVisible(now, 0, 0);
        });
    return area;
}

QVBoxLayout *scrollingColumn(QWidget *page, const QString &name)
{
    auto *whole = new QVBoxLayout(page);
    whole->setContentsMargins(0, 0, 0, 0);
    auto *inside = new QWidget(page);
    whole->addWidget(scrolled(inside, name, page));
    return new QVBoxLayout(inside);
}

} // namespace naru::ui
