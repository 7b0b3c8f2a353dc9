// Image archives in the settings: one is written down, found wanting, asked (C-ECHO of a real peer in a child
// process), changed, made the default, removed; and this computer receives from those that may send.
#include "tests/core/services/ImageFixture.h"

#include "core/jobs/JobQueue.h"
#include "core/services/PacsService.h"
#include "ui/pages/settings/ArchiveForm.h"
#include "ui/pages/settings/ArchivesPart.h"
#include "ui/pages/settings/ReceivePart.h"
#include "ui/pages/settings/ReceiveWays.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTranslator>
#include <QVBoxLayout>

using namespace naru;
using namespace naru::ui;
using services::PacsNode;

class TstUiArchives : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyListLeadsToTheForm();
    void aFieldThatCannotBeUsedIsNamed();
    void writtenDownChangedRemoved();
    void whatHasNoFieldStays();
    void theDefaultStandsFirst();
    void anArchiveThatAnswers();
    void nobodyThere();
    void imagesComeWhileItIsOn();
    void aPortThatIsTaken();
    void certificatesAndFolders();
    void largeTypeInALowWindow();

private:
    template <typename T> T *find(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    ArchivesPart *part() const { return m_page->findChild<ArchivesPart *>(); }
    void press(const char *name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    void fill(const char *name, const QString &text) { find<HangulLineEdit>(name)->setText(text); }
    // Of the window, active or not.
    QString focusName() const
    {
        const QWidget *focus = m_window->focusWidget();
        return focus ? focus->objectName() : QString();
    }
    services::PacsService &pacs() { return m_clinic->profile->pacs(); }
    // As the user writes it down.
    void add(const QString &name, int port, const QString &title = QStringLiteral("HOUSE"))
    {
        press("settings.archives.add");
        fill("settings.archive.name", name);
        fill("settings.archive.host", QStringLiteral("127.0.0.1"));
        find<QSpinBox>("settings.archive.port")->setValue(port);
        fill("settings.archive.ae", title);
        fill("settings.archive.ourAe", QStringLiteral("CLINIC"));
        press("settings.archive.save");
    }
    QStringList shown(int column) const
    {
        QStringList out;
        for (const ModelRow &row : find<DataTable>("settings.archives.list")->rows().rowValues())
            out.append(row.cells[std::size_t(column)].text);
        return out;
    }
    // The sentences of the strips that show.
    QString said() const
    {
        QStringList out;
        for (const MessageStrip *strip : part()->findChildren<MessageStrip *>()) {
            if (strip->isVisible())
                out.append(strip->sentence());
        }
        return out.join(QLatin1Char('|'));
    }
    bool test(bool reached)
    {
        QSignalSpy done(part(), &ArchivesPart::testFinished);
        press("settings.archives.test");
        return (done.count() > 0 || done.wait(20'000)) && done.first().first().toBool() == reached;
    }
    // A real peer: another profile whose receiving program runs; its port.
    int startHouse(test::ImageClinic &house, bool maySend = true)
    {
        services::PacsListen listen;
        listen.aeTitle = QStringLiteral("HOUSE");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        PacsNode us;
        us.name = QStringLiteral("clinic");
        us.host = QStringLiteral("127.0.0.1");
        us.aeTitle = QStringLiteral("CLINIC");
        us.ourAeTitle = QStringLiteral("HOUSE");
        us.maySend = maySend;
        if (!house.openOffline() || !house.profile->pacs().setListenSettings(listen)
            || !house.profile->pacs().setNode(us))
            return 0;
        return house.profile->pacs().startListening().valueOr(0);
    }
    void shoot(const char *name)
    {
        const QString folder = qEnvironmentVariable("NARU_TEST_SHOTS");
        if (folder.isEmpty())
            return;
        QTest::qWait(50);
        m_window->grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QLatin1Char('-')
            + m_theme->choice() + QStringLiteral(".png"));
    }

    std::unique_ptr<test::ImageClinic> m_clinic{};
    std::unique_ptr<Theme> m_theme{};
    std::unique_ptr<jobs::JobQueue> m_queue{};
    std::unique_ptr<AppContext> m_context{};
    std::unique_ptr<QWidget> m_window{};
    SettingsPage *m_page = nullptr;
    QTranslator m_translator{};
};

void TstUiArchives::init()
{
    static const QFont systemFont = QApplication::font();
    QApplication::setFont(systemFont); // a theme takes the font it finds for the system's
    if (qEnvironmentVariableIsSet("NARU_TEST_QM") && m_translator.load(qEnvironmentVariable("NARU_TEST_QM")))
        QCoreApplication::installTranslator(&m_translator);
    m_clinic = std::make_unique<test::ImageClinic>();
    QVERIFY(m_clinic->openOffline());
    m_theme = std::make_unique<Theme>();
    m_theme->setChoice(qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")));
    m_theme->applyTo(*qApp);
    m_queue = std::make_unique<jobs::JobQueue>(2);
    m_context = std::make_unique<AppContext>(m_clinic->profile, *m_theme, *m_queue, text::Language::Korean);
    m_window = std::make_unique<QWidget>();
    m_window->resize(1366, 768);
    auto *column = new QVBoxLayout(m_window.get());
    m_page = new SettingsPage(*m_context, m_window.get());
    column->addWidget(m_page);
    m_window->show();
    m_window->activateWindow();
    m_page->goToSection(4);
    QVERIFY(part() && part()->isVisible());
}

void TstUiArchives::cleanup()
{
    pacs().stopListening();
    m_window.reset();
    m_context.reset();
    m_queue->shutdown();
    m_queue.reset();
    m_clinic.reset();
}

void TstUiArchives::emptyListLeadsToTheForm()
{
    auto *table = find<DataTable>("settings.archives.list");
    QVERIFY(table->isEmpty() && !table->emptySentence().isEmpty());
    for (const char *name : {"settings.archives.edit", "settings.archives.test", "settings.archives.first",
             "settings.archives.remove"})
        QVERIFY2(!find<QPushButton>(name)->isEnabled(), name);
    QVERIFY(!find<ArchiveForm>("settings.archive")->isVisible());
    shoot("archives-empty");
    QVERIFY(m_page->mainAct()); // Ctrl+Enter
    QVERIFY(find<ArchiveForm>("settings.archive")->isVisible());
    QCOMPARE(focusName(), QStringLiteral("settings.archive.name"));
    press("settings.archive.cancel");
    QVERIFY(!find<ArchiveForm>("settings.archive")->isVisible());
    QVERIFY(pacs().nodes().empty());
}

void TstUiArchives::aFieldThatCannotBeUsedIsNamed()
{
    const auto refused = [this](const char *field) {
        press("settings.archive.save");
        const bool kept = !pacs().nodes().empty();
        return !kept && !said().isEmpty() && focusName() == QLatin1String(field);
    };
    press("settings.archives.add");
    QVERIFY(refused("settings.archive.name"));
    fill("settings.archive.name", QStringLiteral("방사선과"));
    QVERIFY(refused("settings.archive.host"));
    fill("settings.archive.host", QStringLiteral("10.0.0.7"));
    QVERIFY(refused("settings.archive.ae"));
    fill("settings.archive.ae", QStringLiteral("방사선"));
    QVERIFY(refused("settings.archive.ae")); // no Hangul in an AE title
    fill("settings.archive.ae", QStringLiteral("BACK\\SLASH"));
    QVERIFY(refused("settings.archive.ae"));
    fill("settings.archive.ae", QStringLiteral("ARCHIVE"));
    fill("settings.archive.ourAe", {});
    QVERIFY(refused("settings.archive.ourAe"));
    fill("settings.archive.ourAe", QStringLiteral("CLINIC"));
    QVERIFY(!find<HangulLineEdit>("settings.archive.certificate")->isVisible());
    find<QCheckBox>("settings.archive.tls")->setChecked(true);
    QVERIFY(find<HangulLineEdit>("settings.archive.certificate")->isVisible());
    QVERIFY(refused("settings.archive.certificate"));
    shoot("archives-refused");
    find<QCheckBox>("settings.archive.tls")->setChecked(false);
    press("settings.archive.save");
    QCOMPARE(int(pacs().nodes().size()), 1);
}

void TstUiArchives::writtenDownChangedRemoved()
{
    add(QStringLiteral("방사선과 저장소"), 11112);
    QCOMPARE(shown(0), QStringList{QStringLiteral("방사선과 저장소")});
    QCOMPARE(shown(2), QStringList{QStringLiteral("127.0.0.1:11112")});
    QVERIFY(!find<ArchiveForm>("settings.archive")->isVisible());
    // Twice the same name would replace the first without a word.
    add(QStringLiteral("방사선과 저장소"), 4242);
    QCOMPARE(pacs().nodes().front().port, 11112);
    QVERIFY(!said().isEmpty());
    press("settings.archive.cancel");

    auto *table = find<DataTable>("settings.archives.list");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(find<ArchiveForm>("settings.archive")->isVisible());
    QVERIFY(!find<HangulLineEdit>("settings.archive.name")->isEnabled()); // jobs know it by its name
    QCOMPARE(find<HangulLineEdit>("settings.archive.ae")->text(), QStringLiteral("HOUSE"));
    find<QSpinBox>("settings.archive.port")->setValue(104);
    find<QCheckBox>("settings.archive.commitment")->setChecked(true);
    find<QCheckBox>("settings.archive.maySend")->setChecked(false);
    QTest::keyClick(find<HangulLineEdit>("settings.archive.host"), Qt::Key_Return);
    QCOMPARE(int(pacs().nodes().size()), 1);
    const PacsNode kept = pacs().nodes().front();
    QVERIFY(kept.port == 104 && kept.commitment && !kept.maySend);
    QCOMPARE(kept.characterSet, QStringLiteral("ISO_IR 192"));
    shoot("archives-one");

    QSignalSpy toast(m_context.get(), &AppContext::toastRequested);
    press("settings.archives.remove");
    QVERIFY(pacs().nodes().empty() && table->isEmpty());
    QCOMPARE(toast.count(), 1);
}

// Written with naructl: what has no field here stays when the rest is changed.
void TstUiArchives::whatHasNoFieldStays()
{
    PacsNode web;
    web.name = QStringLiteral("web");
    web.web = QStringLiteral("https://pacs.house/dicom-web");
    web.associations = 1;
    QVERIFY(pacs().setNode(web).ok());
    QTRY_COMPARE(shown(2), QStringList{web.web});
    QCOMPARE(shown(3), QStringList{QStringLiteral("DICOMweb")});
    find<DataTable>("settings.archives.list")->setFocus();
    press("settings.archives.edit");
    find<QCheckBox>("settings.archive.maySend")->setChecked(false);
    press("settings.archive.save");
    web.maySend = false;
    QCOMPARE(pacs().nodes(), std::vector<PacsNode>{web});
}

void TstUiArchives::theDefaultStandsFirst()
{
    add(QStringLiteral("a"), 11112);
    add(QStringLiteral("b"), 11112);
    auto *table = find<DataTable>("settings.archives.list");
    QVERIFY(!shown(4)[0].isEmpty() && shown(4)[1].isEmpty());
    QVERIFY(table->setCurrentId(QStringLiteral("b")));
    press("settings.archives.first");
    QCOMPARE(shown(0), QStringList({QStringLiteral("b"), QStringLiteral("a")}));
    QCOMPARE(pacs().nodes().front().name, QStringLiteral("b"));
    QVERIFY(!shown(4)[0].isEmpty() && shown(4)[1].isEmpty());
    QCOMPARE(table->currentId(), QStringLiteral("b"));
}

void TstUiArchives::anArchiveThatAnswers()
{
    test::ImageClinic house;
    const int port = startHouse(house);
    QVERIFY(port > 0);
    add(QStringLiteral("방사선과"), port);
    QVERIFY(test(true));
    const auto &steps = find<DataTable>("settings.archives.steps")->rows().rowValues();
    QVERIFY(find<DataTable>("settings.archives.steps")->isVisible());
    QVERIFY(steps.size() >= 4);
    QCOMPARE(focusName(), QStringLiteral("settings.archives.test")); // the keys stay where they were
    QCOMPARE(steps.back().id, QStringLiteral("echo"));
    for (const ModelRow &row : steps) // every step has words of its own
        QVERIFY2(!row.cells[0].text.endsWith(row.id), qPrintable(row.cells[0].text));
    shoot("archives-answers");
    house.profile->pacs().stopListening();
    QVERIFY(test(false));
}

void TstUiArchives::nobodyThere()
{
    add(QStringLiteral("방사선과"), 1);
    QVERIFY(m_page->refresh()); // F5 asks the archive here, not the exchange
    QTRY_VERIFY_WITH_TIMEOUT(find<DataTable>("settings.archives.steps")->isVisible(), 20'000);
    const ModelRow &last = find<DataTable>("settings.archives.steps")->rows().rowValues().back();
    QCOMPARE(last.id, QStringLiteral("tcp"));
    QVERIFY2(last.cells[2].text.contains(QStringLiteral("방사선과")), qPrintable(last.cells[2].text));
    shoot("archives-nobody");
}

void TstUiArchives::imagesComeWhileItIsOn()
{
    auto *receive = part()->findChild<ReceivePart *>();
    QSignalSpy switched(receive, &ReceivePart::switched);
    add(QStringLiteral("방사선과"), 104); // it may send
    fill("settings.receive.ae", QStringLiteral("NARU"));
    find<QSpinBox>("settings.receive.port")->setValue(0); // any
    press("settings.receive.turn");
    QVERIFY(switched.wait(20'000) && switched.takeFirst().first().toBool());
    QVERIFY(pacs().isListening() && pacs().listenSettings().automatic);
    const int port = pacs().startListening().valueOr(0); // says the port where it listens already
    const QString on = find<QLabel>("settings.receive.state")->text();
    QVERIFY2(on.contains(QString::number(port)), qPrintable(on));

    test::ImageClinic house;
    QVERIFY(house.openOffline());
    QCOMPARE(house.import({house.series(QStringLiteral("ct"), 3)}).stored, 3);
    PacsNode us;
    us.name = QStringLiteral("clinic");
    us.host = QStringLiteral("127.0.0.1");
    us.port = port;
    us.aeTitle = QStringLiteral("NARU");
    us.ourAeTitle = QStringLiteral("HOUSE");
    QVERIFY(house.profile->pacs().setNode(us).ok());
    const auto job = house.profile->pacs().send(house.study().key, us.name);
    QVERIFY(job.ok());
    const auto ran = house.profile->pacs().run(*job);
    QVERIFY2(ran.ok() && ran->state == services::PacsJob::State::Done, ran ? qPrintable(ran->message) : "");
    QCOMPARE(m_clinic->study().instances, 3);
    receive->load();
    QVERIFY(find<QLabel>("settings.receive.state")->text().contains(QLatin1Char('3')));
    shoot("archives-receiving");

    press("settings.receive.turn");
    QVERIFY(switched.wait(20'000) && !switched.takeFirst().first().toBool());
    QVERIFY(!pacs().isListening() && !pacs().listenSettings().automatic);
}

void TstUiArchives::aPortThatIsTaken()
{
    test::ImageClinic house;
    const int port = startHouse(house);
    QVERIFY(port > 0);
    services::PacsListen listen = pacs().listenSettings();
    listen.address = QStringLiteral("127.0.0.1");
    QVERIFY(pacs().setListenSettings(listen).ok());
    QSignalSpy switched(part()->findChild<ReceivePart *>(), &ReceivePart::switched);
    find<QSpinBox>("settings.receive.port")->setValue(port);
    press("settings.receive.turn");
    QVERIFY(switched.wait(20'000) && !switched.takeFirst().first().toBool());
    QVERIFY2(said().contains(QString::number(port)), qPrintable(said()));
    QVERIFY(!pacs().isListening());
    shoot("archives-taken");
}

// Certificates and watched folders: named when they cannot be used, tried before they are kept, kept at once.
void TstUiArchives::certificatesAndFolders()
{
    auto *receive = part()->findChild<ReceivePart *>();
    QSignalSpy tested(receive, &ReceivePart::tested);
    find<QSpinBox>("settings.receive.port")->setValue(0);
    fill("settings.receive.ae", QStringLiteral("NARU"));
    press("settings.receive.test");
    QVERIFY(tested.wait(20'000) && tested.takeFirst().first().toBool());
    QVERIFY(!pacs().isListening()); // only tried

    QTemporaryDir files;
    for (const char *name : {"certificate", "key", "authorities"}) {
        QFile file(files.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no certificate\n") > 0);
    }
    find<QCheckBox>("settings.receive.tls")->click();
    QVERIFY(find<HangulLineEdit>("settings.receive.certificate")->isVisible());
    QVERIFY2(said().contains(QStringLiteral("PEM")), qPrintable(said()));
    QVERIFY(!pacs().listenSettings().tls); // not kept like this
    for (const char *name : {"certificate", "key", "authorities"}) {
        const QByteArray field = QByteArray("settings.receive.") + name;
        fill(field.constData(), files.filePath(QString::fromLatin1(name)));
    }
    press("settings.receive.test");
    QVERIFY(tested.wait(20'000) && !tested.takeFirst().first().toBool()); // they are none
    QVERIFY(!said().isEmpty());
    shoot("archives-tls");
    find<QCheckBox>("settings.receive.tls")->click();
    QVERIFY(!pacs().listenSettings().tls);

    auto *ways = part()->findChild<ReceiveWays *>();
    const QString folder = m_clinic->series(QStringLiteral("watched"), 2);
    ways->addFolder(folder);
    ways->addFolder(folder + QLatin1Char('/')); // the same one
    QCOMPARE(pacs().listenSettings().folders, QStringList{folder});
    int stored = 0;
    const auto look = [&] {
        stored += pacs().importFolders().valueOr(-1000);
        return stored == 2;
    };
    QTRY_VERIFY_WITH_TIMEOUT(look(), 10'000 * NARU_TIME_FACTOR);
    ways->addFolder(QStringLiteral("/nowhere/at/all"));
    press("settings.receive.test");
    QVERIFY(tested.wait(20'000) && !tested.takeFirst().first().toBool());
    QVERIFY2(said().contains(QStringLiteral("/nowhere/at/all")), qPrintable(said()));
    shoot("archives-folders");
    press("settings.receive.folder.2");
    QCOMPARE(pacs().listenSettings().folders, QStringList{folder});
}

void TstUiArchives::largeTypeInALowWindow()
{
    add(QStringLiteral("방사선과 저장소"), 11112);
    press("settings.archives.edit");
    find<QCheckBox>("settings.archive.tls")->setChecked(true);
    m_theme->setZoom(2.0);
    QTest::qWait(60);
    press("settings.archive.cancel");
    press("settings.archives.add"); // below the edge of the window: it comes into view
    find<QCheckBox>("settings.archive.tls")->setChecked(true);
    const auto *name = find<HangulLineEdit>("settings.archive.name");
    QTRY_COMPARE(name->visibleRegion().boundingRect().height(), name->height());
    shoot("archives-large");
    const auto *area = find<QScrollArea>("settings.page.archives");
    QVERIFY2(area->widget()->width() <= area->viewport()->width(), // it never scrolls sideways
        qPrintable(QStringLiteral("%1 > %2").arg(area->widget()->width()).arg(area->viewport()->width())));
    for (QWidget *widget : part()->findChildren<QWidget *>()) {
        const bool counts = qobject_cast<QLineEdit *>(widget) || qobject_cast<QPushButton *>(widget)
            || qobject_cast<QCheckBox *>(widget);
        if (!counts || !widget->isVisible() || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QVERIFY2(widget->mapTo(part(), QPoint(widget->width(), 0)).x() <= part()->width(),
            qPrintable(widget->objectName()));
        QVERIFY2(widget->height() >= widget->minimumSizeHint().height(), qPrintable(widget->objectName()));
    }
    m_theme->setZoom(1.0);
}

QTEST_MAIN(TstUiArchives)
#include "tst_ui_archives.moc"
