#include "ui/shell/Fonts.h"

#include "ui/Errors.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGuiApplication>

namespace naru::ui {

QString Fonts::koreanFamily()
{
    const QStringList families = QFontDatabase::families(QFontDatabase::Korean);
    for (const QString &wanted : {QStringLiteral("Noto Sans CJK KR"), QStringLiteral("NanumGothic"),
             QStringLiteral("Malgun Gothic"), QStringLiteral("Noto Sans KR")}) {
        for (const QString &family : families) {
            if (family.compare(wanted, Qt::CaseInsensitive) == 0)
                return family;
        }
    }
    return families.value(0);
}

QFont Fonts::base()
{
    QFont font = QGuiApplication::font();
    if (const QString family = koreanFamily(); !family.isEmpty())
        font.setFamily(family);
    if (font.pointSizeF() < 10.0)
        font.setPointSizeF(10.0);
    font.setItalic(false);
    return font;
}

base::Status Fonts::check()
{
    if (koreanFamily().isEmpty())
        return base::Error(errors::NoKoreanFont);
    return {};
}

bool Fonts::digitsAreTabular(const QFont &font)
{
    const QFontMetricsF metrics(font);
    const qreal zero = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (!qFuzzyCompare(metrics.horizontalAdvance(QLatin1Char(digit)), zero))
            return false;
    }
    return true;
}

} // namespace naru::ui
