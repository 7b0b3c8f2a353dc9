// Image archives in the settings: one is written down, found wanting, asked (C-ECHO of a real peer in a child
// process), changed, made the default, removed; and this computer receives from those that may send.
#include "tests/ui/archive/ArchiveDesk.h"

#include "tests/core/imaging/dimse/Peer.h"
#include "ui/pages/settings/ArchiveForm.h"
#include "ui/pages/settings/ArchivesPart.h"
#include "ui/pages/settings/ReceivePart.h"
#include "ui/pages/settings/ReceiveWays.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>

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
    void overDicomWeb();
    void theStepOfDicomWebThatFails();
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
    QString focusName() const { return m_desk.focusName(); }
    services::PacsService &pacs() { return m_desk.pacs(); }
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
    void shoot(const char *name) { m_desk.shoot(name); }

    test::ArchiveDesk m_desk{};
    SettingsPage *m_page = nullptr;
};

void TstUiArchives::init()
{
    QVERIFY(m_desk.open(1366, 768));
    m_page = new SettingsPage(*m_desk.context, m_desk.window.get());
    m_desk.show(m_page);
    m_page->goToSection(4);
    QVERIFY(part() && part()->isVisible());
}

void TstUiArchives::cleanup()
{
    pacs().stopListening();
    m_desk.close();
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

    QSignalSpy toast(m_desk.context.get(), &AppContext::toastRequested);
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
    const int port = test::startHouse(house);
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

// What only the other way needs is out of sight; what DICOMweb needs is named when it is wrong.
void TstUiArchives::overDicomWeb()
{
    press("settings.archives.add");
    fill("settings.archive.name", QStringLiteral("구름 저장소"));
    auto *way = find<QComboBox>("settings.archive.way");
    QVERIFY(!find<HangulLineEdit>("settings.archive.web")->isVisible());
    way->setCurrentIndex(way->findData(QStringLiteral("web")));
    QVERIFY(find<HangulLineEdit>("settings.archive.web")->isVisible());
    for (const char *field : {"port", "ourAe", "retrieve", "model", "letters", "associations", "commitment"})
        QVERIFY2(!find<QWidget>((QByteArray("settings.archive.") + field).constData())->isVisible(), field);
    QVERIFY(find<QWidget>("settings.archive.certificate")->isVisible());
    const auto refused = [this](const char *field) {
        press("settings.archive.save");
        return pacs().nodes().empty() && !said().isEmpty() && focusName() == QLatin1String(field);
    };
    for (const char *bad : {"", "pacs.house/dicom-web", "ftp://pacs.house/dicom-web",
             "https://a:b@pacs.house/", "https://pacs.house/x?y=z"}) {
        fill("settings.archive.web", QLatin1String(bad));
        QVERIFY2(refused("settings.archive.web"), bad);
    }
    fill("settings.archive.web", QStringLiteral("https://pacs.house/dicom-web"));
    fill("settings.archive.certificate", QStringLiteral("/somewhere/own.pem"));
    QVERIFY(refused("settings.archive.key"));
    shoot("archives-web");
    fill("settings.archive.certificate", {});
    press("settings.archive.save");
    QVERIFY2(pacs().nodes().size() == 1, qPrintable(said()));
    QCOMPARE(pacs().nodes().front().web, QStringLiteral("https://pacs.house/dicom-web"));
    QCOMPARE(shown(3), QStringList{QStringLiteral("DICOMweb")});

    press("settings.archives.edit");
    QVERIFY(find<HangulLineEdit>("settings.archive.web")->isVisible());
    fill("settings.archive.web", QStringLiteral("http://10.0.0.7:8042/dicom-web")); // of the house
    QVERIFY(!find<QWidget>("settings.archive.certificate")->isVisible());
    press("settings.archive.save");
    QCOMPARE(pacs().nodes().front().web, QStringLiteral("http://10.0.0.7:8042/dicom-web"));
    // And to the other way, where the fields of a DICOM node are needed.
    press("settings.archives.edit");
    way->setCurrentIndex(way->findData(QStringLiteral("dimse")));
    press("settings.archive.save");
    QCOMPARE(focusName(), QStringLiteral("settings.archive.host"));
    fill("settings.archive.host", QStringLiteral("10.0.0.7"));
    fill("settings.archive.ae", QStringLiteral("ARCHIVE"));
    fill("settings.archive.ourAe", QStringLiteral("CLINIC"));
    find<QSpinBox>("settings.archive.associations")->setValue(5);
    press("settings.archive.save");
    const PacsNode kept = pacs().nodes().front();
    QVERIFY(kept.web.isEmpty() && kept.host == QLatin1String("10.0.0.7") && kept.associations == 5);
}

void TstUiArchives::theStepOfDicomWebThatFails()
{
    QByteArray status = "404 Not Found", body = "no such page";
    dimsetest::Peer server([&](dimsetest::Talk &talk, int) {
        QByteArray request;
        while (!request.contains("\r\n\r\n")) {
            const QByteArray more = talk.read(1);
            if (more.isEmpty())
                return;
            request += more;
        }
        talk.raw("HTTP/1.1 " + status + "\r\nContent-Type: application/dicom+json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    });
    PacsNode node;
    node.name = QStringLiteral("구름 저장소");
    node.web = QStringLiteral("http://127.0.0.1:%1/dicom-web").arg(server.port());
    QVERIFY(pacs().setNode(node).ok());
    QTRY_COMPARE(shown(2), QStringList{node.web});
    const auto *steps = find<DataTable>("settings.archives.steps");
    QVERIFY(test(false));
    QCOMPARE(steps->rows().rowValues().back().id, QStringLiteral("http"));
    QVERIFY(steps->rows().rowValues().back().cells[2].text.contains(QStringLiteral("404")));
    shoot("archives-web-step");
    status = "200 OK";
    QVERIFY(test(false)); // a page of something else
    QCOMPARE(steps->rows().rowValues().back().id, QStringLiteral("query"));
    body = "[]";
    QVERIFY(test(true));
    for (const ModelRow &row : steps->rows().rowValues()) // every step has words of its own
        QVERIFY2(!row.cells[0].text.endsWith(row.id), qPrintable(row.cells[0].text));
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
    QCOMPARE(m_desk.clinic->study().instances, 3);
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
    const int port = test::startHouse(house);
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
    const QString folder = m_desk.clinic->series(QStringLiteral("watched"), 2);
    ways->addFolder(folder);
    ways->addFolder(folder + QLatin1Char('/')); // the same one
    QCOMPARE(pacs().listenSettings().folders, QStringList{folder});
    QVERIFY(test::age(folder));
    QCOMPARE(pacs().importFolders().valueOr(-1), 2);
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
    m_desk.theme->setZoom(2.0);
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
    m_desk.theme->setZoom(1.0);
}

QTEST_MAIN(TstUiArchives)
#include "tst_ui_archives.moc"
