// A real profile in a temporary folder, without an exchange, and what a page needs around it.
#pragma once

#include "core/jobs/JobQueue.h"
#include "core/services/AuditService.h"
#include "core/services/PatientService.h"
#include "core/services/Profile.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QInputMethodEvent>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

namespace naru::test {

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("missing %s", qPrintable(path));
    return file.readAll();
}

inline void compose(QWidget *widget, const QString &preedit, const QString &commit = {})
{
    QInputMethodEvent event(preedit, {});
    event.setCommitString(commit);
    QApplication::sendEvent(widget, &event);
}

inline QString focusName()
{
    const QWidget *focus = QApplication::focusWidget();
    return focus ? focus->objectName() : QString();
}

// Focusable widgets a screen reader could not name.
inline QStringList unnamed(QWidget *root)
{
    QStringList bad;
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->isHidden() || !widget->isEnabled())
            continue;
        if (QString::fromLatin1(widget->metaObject()->className()).startsWith(QLatin1String("QScroll"))
            || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        const QString name = accessible ? accessible->text(QAccessible::Name) : widget->accessibleName();
        if (name.trimmed().isEmpty())
            bad << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ')
                    + widget->objectName();
    }
    return bad;
}

class Fixture {
public:
    explicit Fixture(const QString &handOver = QStringLiteral(NARU_TEST_DATA "/handover/naru.json"))
    {
        if (qEnvironmentVariableIsSet("NARU_TEST_QM")
            && translator.load(qEnvironmentVariable("NARU_TEST_QM")))
            QCoreApplication::installTranslator(&translator);
        services::OpenOptions options;
        options.dataDir = m_dir.path() + QStringLiteral("/profile");
        QDir().mkpath(options.dataDir);
        QFile directory(
            options.dataDir + QStringLiteral("/institutions.tsv")); // as the exchange hands it out
        if (directory.open(QIODevice::WriteOnly))
            directory.write("oid\tname\tphone\taddress\tdetail\tpostalCode\tkind\tdepartments\texchanges\trel"
                            "ays\timages\n"
                            "1.2.410.100110.10.11100001\t세브란스병원\t02-000-0001\t서울특별시 "
                            "서대문구\t\t03722\t상급종합병원\t1200:안과;0100:내과\t1\t1\t1\n"
                            "1.2.410.100110.10.11100002\t서울내과의원\t02-000-0002\t서울특별시 "
                            "마포구\t\t04000\t의원\t0100:내과\t0\t0\t0\n");
        directory.close();
        options.user = QStringLiteral("doctor");
        options.passphrase = base::SecureBytes(QByteArrayView("only for a test"));
        options.scryptLogN = 10;
        options.decoder = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder"); // used by those who need it
        auto opened = services::Profile::open(std::move(options));
        if (!opened)
            qFatal("profile: %s", qPrintable(opened.error().toString()));
        profile = *opened;
        static const QFont systemFont =
            QApplication::font(); // each theme takes the font it finds for the system's
        QApplication::setFont(systemFont);
        theme.setChoice(qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")));
        theme.setZoom(qEnvironmentVariable("NARU_TEST_ZOOM", QStringLiteral("1")).toDouble());
        theme.applyTo(*qApp);
        context = std::make_unique<ui::AppContext>(profile, theme, queue, text::Language::Korean);
        const auto imported = profile->patients().importHandOver(bytesOf(handOver));
        if (!imported)
            qFatal("hand-over: %s", qPrintable(imported.error().toString()));
        patient = imported->key;
        auto known = profile->patients().get(patient); // identified on an earlier day
        known->exchangeId = {authority(), QStringLiteral("EX-1")};
        if (!profile->patients().save(*known, patient))
            qFatal("the patient cannot be saved");
    }
    ~Fixture()
    {
        context.reset();
        queue.shutdown();
    }

    // The records of the audit trail that are exports (event 110106 of DICOM PS3.16) of this object, as XML.
    QStringList exportsOf(const QString &object) const
    {
        const QString path = m_dir.filePath(QStringLiteral("trail.xml"));
        if (!profile->audit().exportTo(path))
            return {};
        QStringList out;
        for (const QString &line : QString::fromUtf8(bytesOf(path)).split(QLatin1Char('\n'))) {
            if (line.contains(QLatin1String("<EventID csd-code=\"110106\""))
                && line.contains(QStringLiteral("ParticipantObjectID=\"%1\"").arg(object)))
                out << line;
        }
        return out;
    }

    // Pictures for people to look at, when NARU_TEST_SHOTS names a folder.
    static void shoot(QWidget &widget, const QString &name)
    {
        const QString folder = qEnvironmentVariable("NARU_TEST_SHOTS");
        if (folder.isEmpty())
            return;
        QTest::qWait(30);
        widget.grab().save(
            QStringLiteral("%1/%2-%3-%4.png")
                .arg(folder, name, qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")),
                    qEnvironmentVariable("NARU_TEST_ZOOM", QStringLiteral("1"))));
    }

    // The practice site's own authority, read from its file.
    static QString authority()
    {
        const auto site = QJsonDocument::fromJson(
            bytesOf(QStringLiteral(NARU_SOURCE_DIR "/resources/sites/practice/site.json")))
                              .object();
        return site.value(QStringLiteral("patientIdAuthority")).toString();
    }

    QTranslator translator{};
    QTemporaryDir m_dir{};
    std::shared_ptr<services::Profile> profile{};
    ui::Theme theme{};
    jobs::JobQueue queue{2};
    std::unique_ptr<ui::AppContext> context{};
    services::PatientKey patient{};
};

} // namespace naru::test
