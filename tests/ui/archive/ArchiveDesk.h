// What the tests of archives share: a profile with decoders, a window for one page, names of what is in it,
// pictures of it, and archives to ask.
#pragma once

#include "tests/core/services/ImageFixture.h"

#include "core/jobs/JobQueue.h"
#include "core/services/PacsService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"

#include <QApplication>
#include <QTranslator>
#include <QVBoxLayout>

namespace naru::test {

struct ArchiveDesk {
    std::unique_ptr<ImageClinic> clinic{};
    std::unique_ptr<ui::Theme> theme{};
    std::unique_ptr<jobs::JobQueue> queue{};
    std::unique_ptr<ui::AppContext> context{};
    std::unique_ptr<QWidget> window{};
    QVBoxLayout *column = nullptr; // of the window
    QTranslator translator{};

    // NARU_TEST_QM: a catalogue; NARU_TEST_THEME: "dark"; NARU_TEST_SHOTS: a folder for shoot().
    bool open(int width, int height)
    {
        static const QFont systemFont = QApplication::font();
        QApplication::setFont(systemFont); // a theme takes the font it finds for the system's
        if (qEnvironmentVariableIsSet("NARU_TEST_QM")
            && translator.load(qEnvironmentVariable("NARU_TEST_QM")))
            QCoreApplication::installTranslator(&translator);
        clinic = std::make_unique<ImageClinic>();
        if (!clinic->openOffline())
            return false;
        theme = std::make_unique<ui::Theme>();
        theme->setChoice(qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")));
        theme->applyTo(*qApp);
        queue = std::make_unique<jobs::JobQueue>(3);
        context = std::make_unique<ui::AppContext>(clinic->profile, *theme, *queue, text::Language::Korean);
        window = std::make_unique<QWidget>();
        window->resize(width, height);
        column = new QVBoxLayout(window.get());
        return true;
    }
    void show(QWidget *page)
    {
        column->addWidget(page);
        window->show();
        window->activateWindow();
    }
    void close()
    {
        window.reset();
        context.reset();
        if (queue)
            queue->shutdown();
        queue.reset();
        clinic.reset();
    }
    services::PacsService &pacs() const { return clinic->profile->pacs(); }
    template <typename T> T *find(const char *name) const
    {
        return window->findChild<T *>(QString::fromLatin1(name));
    }
    QString focusName() const // of the window, active or not
    {
        const QWidget *focus = window->focusWidget();
        return focus ? focus->objectName() : QString();
    }
    void shoot(const char *name) const
    {
        const QString folder = qEnvironmentVariable("NARU_TEST_SHOTS");
        if (folder.isEmpty())
            return;
        QTest::qWait(60);
        window->grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QLatin1Char('-')
            + theme->choice() + QStringLiteral(".png"));
    }
};

// "HOUSE" at a port of this machine, which knows us as "CLINIC".
inline services::PacsNode houseNode(const QString &name, int port)
{
    services::PacsNode node;
    node.name = name;
    node.host = QStringLiteral("127.0.0.1");
    node.port = port;
    node.aeTitle = QStringLiteral("HOUSE");
    node.ourAeTitle = QStringLiteral("CLINIC");
    return node;
}

// A real archive: another profile that receives, with us among those who may send. Its port, or 0.
inline int startHouse(ImageClinic &house)
{
    services::PacsListen listen;
    listen.aeTitle = QStringLiteral("HOUSE");
    listen.address = QStringLiteral("127.0.0.1");
    listen.port = 0;
    services::PacsNode us = houseNode(QStringLiteral("clinic"), 104);
    us.aeTitle = QStringLiteral("CLINIC");
    us.ourAeTitle = QStringLiteral("HOUSE");
    if (!house.openOffline() || !house.profile->pacs().setListenSettings(listen)
        || !house.profile->pacs().setNode(us))
        return 0;
    return house.profile->pacs().startListening().valueOr(0);
}

} // namespace naru::test
