// Korean is complete: nothing unfinished, no placeholder lost, and the sources hold no string the catalogue
// does not know.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

class TstUiTranslations : public QObject {
    Q_OBJECT
    struct Message {
        QString key{}, source{}, type{};
        QStringList texts{};
    };
    static QList<Message> read(const QString &path)
    {
        QFile file(path);
        QList<Message> all;
        if (!file.open(QIODevice::ReadOnly))
            return all;
        QXmlStreamReader xml(&file);
        QString context;
        Message message;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement()) {
                if (xml.isEndElement() && xml.name() == QLatin1String("message")) {
                    message.key = context + QLatin1Char('|') + message.source;
                    all.append(message);
                }
                continue;
            }
            if (xml.name() == QLatin1String("name"))
                context = xml.readElementText();
            else if (xml.name() == QLatin1String("message"))
                message = {};
            else if (xml.name() == QLatin1String("source"))
                message.source = xml.readElementText();
            else if (xml.name() == QLatin1String("numerusform"))
                message.texts.append(xml.readElementText());
            else if (xml.name() == QLatin1String("translation")) {
                message.type = xml.attributes().value(QLatin1String("type")).toString();
                QString text;
                while (!(xml.isEndElement() && xml.name() == QLatin1String("translation")) && !xml.atEnd()) {
                    xml.readNext();
                    if (xml.isStartElement() && xml.name() == QLatin1String("numerusform"))
                        message.texts.append(xml.readElementText());
                    else if (xml.isCharacters())
                        text += xml.text();
                }
                if (!text.trimmed().isEmpty())
                    message.texts.append(text);
            }
        }
        return all;
    }
    static QStringList placeholders(const QString &text)
    {
        QStringList found;
        static const QRegularExpression pattern(QStringLiteral("%(?:\\d|n)"));
        for (auto it = pattern.globalMatch(text); it.hasNext();)
            found.append(it.next().captured());
        found.sort();
        return found;
    }
    const QString m_root = QStringLiteral(NARU_SOURCE_DIR);
private Q_SLOTS:
    void nothingUnfinished()
    {
        const auto messages = read(m_root + QStringLiteral("/translations/naru_ko.ts"));
        QVERIFY(messages.size() > 400);
        for (const Message &message : messages) {
            QVERIFY2(message.type.isEmpty() && !message.texts.isEmpty() && !message.texts.first().isEmpty(),
                qPrintable(message.key));
            for (const QString &text : message.texts)
                QVERIFY2(placeholders(text) == placeholders(message.source), qPrintable(message.key));
        }
    }
    void sourcesAddNothing()
    {
        const QString lupdate = QStringLiteral(NARU_LUPDATE);
        if (!QFile::exists(lupdate))
            QSKIP("lupdate is not installed");
        QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("naru_ko.ts"));
        QVERIFY(QFile::copy(m_root + QStringLiteral("/translations/naru_ko.ts"), copy));
        QSet<QString> before;
        for (const Message &message : read(copy))
            before.insert(message.key);
        QProcess process;
        process.setWorkingDirectory(m_root);
        process.start(lupdate,
            {QStringLiteral("-silent"), QStringLiteral("-I"), QStringLiteral("."),
                QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("ui"),
                QStringLiteral("app/workstation"), QStringLiteral("-ts"), copy});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 0);
        QStringList added;
        for (const Message &message : read(copy)) {
            if (!before.contains(message.key))
                added.append(message.key);
        }
        QVERIFY2(added.isEmpty(),
            qPrintable(QStringLiteral("run translations/update.sh and translate: ")
                + added.join(QStringLiteral("; "))));
    }
};

QTEST_GUILESS_MAIN(TstUiTranslations)
#include "tst_ui_translations.moc"
