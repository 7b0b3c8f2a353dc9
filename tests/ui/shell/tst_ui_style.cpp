// The palette against WCAG in all four schemes, the style without motion, zoom within its limits.
#include "core/base/Tsv.h"
#include "ui/shell/Fonts.h"
#include "ui/shell/Theme.h"
#include "ui/shell/paletteTable.h"
#include "ui/widgets/MessageStrip.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>
#include <QStyleOptionSpinBox>
#include <QTest>
#include <cmath>

using namespace naru;
using ui::Theme;

namespace {

// WCAG 2.1, relative luminance and contrast ratio.
double luminance(const QColor &color)
{
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TstUiStyle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastOfEveryToken()
    {
        const base::TsvTable table = base::TsvTable::parse(ui::tables::palette);
        int pairs = 0;
        for (int row = 0; row < table.rowCount(); ++row) {
            const QString token = table.at(row, "token"), kind = table.at(row, "kind");
            if (kind == QLatin1String("back") || kind == QLatin1String("none"))
                continue;
            for (int scheme = 0; scheme < 4; ++scheme) {
                const bool high = scheme >= 2;
                const double need = kind == QLatin1String("text") ? (high ? 7.0 : 4.5) : (high ? 4.5 : 3.0);
                for (const QString &back : table.at(row, "on").split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                    if (high && back == QLatin1String("selection") && token != QLatin1String("onSelection"))
                        continue; // a selected row is drawn in onSelection there
                    const double seen = contrast(Theme::color(token, Theme::Scheme(scheme)),
                        Theme::color(back, Theme::Scheme(scheme)));
                    QVERIFY2(seen + 0.06 >= need,
                        qPrintable(QStringLiteral("%1 on %2, scheme %3: %4")
                                       .arg(token, back)
                                       .arg(scheme)
                                       .arg(seen)));
                    ++pairs;
                }
            }
        }
        QVERIFY(pairs > 200);
    }
    void schemesSwitchLive()
    {
        Theme theme;
        theme.applyTo(*qApp);
        theme.setChoice(QStringLiteral("dark"));
        QVERIFY(theme.isDark());
        QCOMPARE(qApp->palette().color(QPalette::Base), theme.color("surface"));
        theme.setChoice(QStringLiteral("system"));
        theme.setSystemDark(false);
        QCOMPARE(theme.scheme(), Theme::Scheme::Light);
        theme.setSystemDark(true);
        QCOMPARE(theme.scheme(), Theme::Scheme::Dark);
        theme.setSystemHighContrast(true);
        QCOMPARE(theme.scheme(), Theme::Scheme::HcDark);
        theme.setChoice(QStringLiteral("highContrastLight"));
        QCOMPARE(theme.scheme(), Theme::Scheme::HcLight);
    }
    void zoomIsBounded()
    {
        Theme theme;
        theme.applyTo(*qApp);
        const int unit = theme.unit();
        theme.setZoom(2);
        QVERIFY(theme.unit() >= unit * 18 / 10);
        theme.setZoom(9);
        QCOMPARE(theme.zoom(), 2.4);
        theme.setZoom(0.1);
        QCOMPARE(theme.zoom(), 0.8);
    }
    void nothingMovesByItself()
    {
        Theme theme;
        theme.applyTo(*qApp);
        QCOMPARE(qApp->style()->styleHint(QStyle::SH_Widget_Animation_Duration), 0);
        QCOMPARE(qApp->style()->styleHint(QStyle::SH_Menu_FadeOutOnHide), 0);
    }
    void controlsAreTallEnoughAndIconsExist()
    {
        Theme theme;
        theme.applyTo(*qApp);
        QPushButton button(QStringLiteral("보내기"));
        QVERIFY(button.sizeHint().height() >= theme.controlHeight());
        for (const char *name : {"home", "patient", "search", "outbox", "settings", "lock", "consent",
                 "document", "edit", "user", "overview"})
            QVERIFY2(!theme.icon(QString::fromLatin1(name)).isNull(), name);
    }
    // Arrows grow with the type, beside the number and inside the field.
    void spinBoxArrowsFollowTheZoom()
    {
        Theme theme;
        for (const double zoom : {1.0, 2.0}) {
            theme.setZoom(zoom);
            theme.applyTo(*qApp);
            QSpinBox box;
            box.setRange(0, 65535);
            box.setValue(65535);
            box.resize(box.sizeHint());
            box.show();
            QStyleOptionSpinBox option;
            option.initFrom(&box);
            option.subControls = QStyle::SC_All;
            option.buttonSymbols = QAbstractSpinBox::UpDownArrows;
            const auto rect = [&](QStyle::SubControl part) {
                return box.style()->subControlRect(QStyle::CC_SpinBox, &option, part, &box);
            };
            const QRect up = rect(QStyle::SC_SpinBoxUp), down = rect(QStyle::SC_SpinBoxDown),
                        field = rect(QStyle::SC_SpinBoxEditField);
            QCOMPARE(up.width(), theme.unit(4));
            QVERIFY(up.height() >= theme.unit(2) && down.height() >= theme.unit(2));
            QVERIFY(box.rect().contains(up) && box.rect().contains(down) && box.rect().contains(field));
            QVERIFY(!up.intersects(down) && !up.intersects(field) && !down.intersects(field));
            const auto *edit = box.findChild<QLineEdit *>();
            QVERIFY(field.width()
                >= edit->fontMetrics().horizontalAdvance(QStringLiteral("65535")) + theme.unit(2));
        }
        theme.setZoom(1);
        theme.applyTo(*qApp);
    }
    // Its symbol stands at the height of the words, whether buttons are beside or below them.
    void symbolOfAStripIsAtItsWords()
    {
        Theme theme;
        theme.applyTo(*qApp);
        ui::MessageStrip strip(theme);
        const QString words = QStringLiteral("영상 200장 중 50장만 있습니다");
        strip.show(ui::MessageStrip::Kind::Error, words, {{QStringLiteral("다시"), [] {}}});
        for (const int width : {900, 160}) {
            strip.resize(width, strip.heightForWidth(width));
            QTest::qWait(30);
            const auto *sentence = strip.findChild<QLabel *>(QStringLiteral("strip.sentence"));
            const auto *symbol = strip.findChild<QLabel *>(QStringLiteral("strip.symbol"));
            const auto *button = strip.findChild<QPushButton *>();
            QCOMPARE(button->mapTo(&strip, QPoint(0, 0)).x() > sentence->geometry().right(), width == 900);
            const int line = sentence->fontMetrics().height();
            const int first = width == 900 ? sentence->geometry().center().y() : sentence->y() + line / 2;
            QVERIFY2(std::abs(symbol->geometry().center().y() - first) <= 2,
                qPrintable(QStringLiteral("%1 against %2").arg(symbol->geometry().center().y()).arg(first)));
        }
    }
    void koreanFontIsFoundOrNamed()
    {
        const base::Status status = ui::Fonts::check();
        if (!status)
            QCOMPARE(QString::fromLatin1(status.error().code.id), QStringLiteral("ui.NoKoreanFont"));
        else
            QVERIFY(ui::Fonts::digitsAreTabular(ui::Fonts::base()));
    }
};

QTEST_MAIN(TstUiStyle)
#include "tst_ui_style.moc"
