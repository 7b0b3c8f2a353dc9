#include "ui/text/StartLanguage.h"

#include <QFile>
#include <QLocale>
#include <QSaveFile>

namespace naru::text {

namespace {

constexpr qint64 Longest = 16;

QString file(const QString &dataDir)
{
    return dataDir + QStringLiteral("/ui.language");
}

bool isLanguage(const QString &key)
{
    return key == QLatin1String("ko") || key == QLatin1String("en");
}

} // namespace

Language startLanguage(const QString &asked, const QString &dataDir, const QLocale &system)
{
    if (!asked.isEmpty())
        return languageFromKey(asked);
    QFile known(file(dataDir));
    if (known.open(QIODevice::ReadOnly)) {
        const QString key = QString::fromLatin1(known.read(Longest)).trimmed();
        if (isLanguage(key))
            return languageFromKey(key);
    }
    // A clinic whose desktop speaks neither language is still a clinic in Korea, but its user reads English
    // rather than Korean.
    const QLocale::Language own = system.language();
    return own == QLocale::C || own == QLocale::Korean ? Language::Korean : Language::English;
}

void rememberLanguage(const QString &dataDir, const QString &key)
{
    QSaveFile out(file(dataDir));
    if (out.open(QIODevice::WriteOnly)) {
        out.write(key.toLatin1().left(Longest));
        out.commit();
    }
}

} // namespace naru::text
