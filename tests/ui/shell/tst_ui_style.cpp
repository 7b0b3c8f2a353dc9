// The palette against WCAG in all four schemes, the style without motion, zoom within its limits.
#include "core/base/Tsv.h"
#include "ui/shell/Fonts.h"
#include "ui/shell/Theme.h"
#include "ui/shell/paletteTable.h"

#include <QApplication>
#include <QPushButton>
#include <QStyle>
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
