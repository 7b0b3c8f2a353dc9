// The window with a real profile: keys reach the page, tabs keep patients apart, the lock leaves nothing of a
// patient visible.
#include "core/jobs/JobQueue.h"
#include "core/services/AccountService.h"
#include "core/services/PatientService.h"
#include "core/services/SiteService.h"
#include "ui/pages/home/HomePage.h"
#include "ui/pages/lock/LockPage.h"
#include "ui/pages/outbox/OutboxPage.h"
#include "ui/pages/patient/PatientPage.h"
#include "ui/pages/patient/PatientsPage.h"
#include "ui/pages/patient/SearchPage.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/IdleWatch.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/TabFrame.h"
#include "ui/shell/Theme.h"
#include "ui/shell/Toast.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/IdentityBanner.h"
#include "ui/widgets/MessageStrip.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace naru;

namespace {

// A page that only writes down which keys reached it.
class Probe : public ui::Page {
public:
    using Page::Page;
    QString title() const override { return QStringLiteral("probe"); }
    bool hasUnsavedDraft() const override { return unsaved; }
    bool mainAct() override { return note("main"); }
    bool nextGap() override { return note("gap"); }
    bool approveAndGoOn() override { return note("approve"); }
    bool otherView() override { return note("other"); }
    bool refresh() override { return note("refresh"); }
    bool goToSection(int number) override { return note(qPrintable(QString::number(number))); }
    bool undo() override { return note("undo"); }
    bool settle() override { return note("settle"); }
    bool note(const char *what)
    {
        seen.append(QString::fromLatin1(what));
        return true;
    }
    QStringList seen{};
    bool unsaved = false;
};

} // namespace

class TstUiWindow : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir{};
    std::unique_ptr<jobs::JobQueue> m_queue{};
    ui::Theme m_theme{};
    std::shared_ptr<services::Profile> m_profile{};
    std::unique_ptr<ui::AppContext> m_context{};
    std::unique_ptr<ui::MainWindow> m_window{};
    services::PatientKey m_hong{}, m_kim{};

    services::PatientKey add(const char *name, const char *chart)
    {
        clinical::Patient patient;
        patient.name = QString::fromUtf8(name);
        patient.sex = clinical::Sex::Male;
        patient.birthDate = *base::Timestamp::parseAny(QStringLiteral("1961-03-02"));
        patient.localId = {m_profile->site().clinic().oid, QString::fromLatin1(chart)};
        const auto key = m_profile->patients().save(patient);
        return key ? *key : QString();
    }
    Probe *probe() const { return static_cast<Probe *>(m_window->currentPage()); }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme.applyTo(*qApp);
        m_queue = std::make_unique<jobs::JobQueue>(2);
        services::OpenOptions options;
        options.dataDir = m_dir.filePath(QStringLiteral("profile"));
        options.passphrase = base::SecureBytes(QByteArrayView("only for a test"));
        options.scryptLogN = 10;
        auto profile = services::Profile::open(std::move(options));
        QVERIFY2(profile.ok(), profile ? "" : qPrintable(profile.error().toString()));
        m_profile = *profile;
        m_hong = add("홍길동", "00123456");
        m_kim = add("김영희", "00120031");
        QVERIFY(!m_hong.isEmpty() && !m_kim.isEmpty());
    }
    void init()
    {
        m_context = std::make_unique<ui::AppContext>(m_profile, m_theme, *m_queue, text::Language::Korean);
        m_context->registerPage(QStringLiteral("home"), ui::HomePage::make);
        m_context->registerPage(QStringLiteral("patients"), ui::PatientsPage::make);
        m_context->registerPage(QStringLiteral("patient"), ui::PatientPage::make);
        m_context->registerPage(QStringLiteral("search"), ui::SearchPage::make);
        m_context->registerPage(QStringLiteral("outbox"), ui::OutboxPage::make);
        m_context->registerPage(QStringLiteral("settings"), ui::SettingsPage::make);
        m_context->registerPage(QStringLiteral("lock"), ui::LockPage::make);
        m_context->registerPage(QStringLiteral("document"),
            [](ui::AppContext &context, const ui::PageRequest &, QWidget *parent) -> ui::Page * {
                return new Probe(context, parent);
            });
        m_window = std::make_unique<ui::MainWindow>(*m_context);
        m_window->resize(1366, 768);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_context.reset();
        if (m_profile && m_profile->accounts().locked())
            (void)m_profile->accounts().unlock(
                m_profile->accounts().current().user, base::SecureBytes(QByteArrayView("only for a test")));
    }
    void globalKeysReachThePage()
    {
        m_context->openDocument(m_hong, QStringLiteral("1.2.3"));
        QVERIFY(probe());
        probe()->seen.clear();
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTest::keyClick(m_window.get(), Qt::Key_F7);
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        QTest::keyClick(m_window.get(), Qt::Key_F9);
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::AltModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        const QStringList expected{QStringLiteral("refresh"), QStringLiteral("approve"),
            QStringLiteral("gap"), QStringLiteral("other"), QStringLiteral("main"), QStringLiteral("3"),
            QStringLiteral("undo")};
        QTRY_COMPARE(probe()->seen, expected);
    }
    void everyPatientHasATabOfItsOwn()
    {
        m_context->openPatient(m_hong);
        const auto *first = m_window->currentTab();
        m_context->openPatient(m_kim);
        QVERIFY(m_window->currentTab() != first);
        QVERIFY(m_window->currentTab()->banner()->identity().contains(QStringLiteral("김영희")));
        m_context->openPatient(m_hong);
        QVERIFY(m_window->currentTab() == first);
        QVERIFY(!m_window->windowTitle().contains(QStringLiteral("홍길동")));
    }
    void aLongNameLeavesRoomForTheOtherTabs()
    {
        const QString name =
            QStringLiteral("Mohammad & Abdul Rahman bin Haji Ismail Al-Khattab Sulaiman Ibrahim");
        m_context->openPatient(add(name.toUtf8().constData(), "00990011"));
        const auto *tabs = m_window->findChild<QTabWidget *>(QStringLiteral("tabs"));
        const int index = tabs->currentIndex();
        QVERIFY2(tabs->tabText(index).size() < 24, qPrintable(tabs->tabText(index)));
        QVERIFY(tabs->tabText(index).contains(QLatin1String("&&"))); // a letter of the name, not a key
        QVERIFY(tabs->tabToolTip(index).contains(name));
    }
    void anotherPatientNeverReplacesADraft()
    {
        m_context->openDocument(m_hong, QStringLiteral("1.2.3"));
        probe()->unsaved = true;
        m_window->arrive(m_kim, QStringLiteral("open"));
        QCOMPARE(m_window->currentTab()->patient(), m_hong);
        QVERIFY(m_window->currentTab()->strip().isShowing());
        QVERIFY(m_window->currentTab()->strip().sentence().contains(QStringLiteral("김영희")));
        auto *tabs = m_window->findChild<QTabWidget *>(QStringLiteral("tabs"));
        QCOMPARE(tabs->count(), 3);
    }
    void lockHidesEveryName()
    {
        m_context->openPatient(m_hong);
        m_window->lock(QStringLiteral("user"));
        QTRY_VERIFY(m_window->isLocked());
        QVERIFY(m_profile->accounts().locked());
        QTest::qWait(50);
        for (const QWidget *window : QApplication::topLevelWidgets())
            QVERIFY(!window->windowTitle().contains(QStringLiteral("홍길동")));
        for (const QLabel *label : m_window->findChildren<QLabel *>())
            QVERIFY2(!label->isVisible() || !label->text().contains(QStringLiteral("홍길동")),
                qPrintable(label->objectName()));
        for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>())
            QVERIFY(!button->isVisible() || !button->text().contains(QStringLiteral("홍길동")));
        const auto *tabs = m_window->findChild<QTabWidget *>(QStringLiteral("tabs"));
        QVERIFY(!tabs->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(!m_window->findChild<QWidget *>(QStringLiteral("palette"))->isVisible());
        m_context->openPatient(m_kim); // nothing opens while locked
        QVERIFY(!tabs->isVisible());
        auto *password = m_window->findChild<QLineEdit *>(QStringLiteral("lock.password"));
        QVERIFY(password && password->isVisible());
        QTest::keyClicks(password, QStringLiteral("only for a test"));
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isLocked(), 8000);
        QCOMPARE(m_window->currentTab()->patient(), m_hong); // back to the exact place
    }
    void idleLeadsToTheLock()
    {
        m_window->idleWatch().setMilliseconds(60);
        m_window->idleWatch().start();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isLocked(), 3000);
        m_window->idleWatch().stop();
    }
    void toastUndoComesBeforeThePagesUndo()
    {
        int undone = 0;
        m_context->showToast(QStringLiteral("보냈습니다"), [&] { ++undone; });
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone, 1);
        QVERIFY(m_window->toast().text().isEmpty());
    }
    void zoomAndPanes()
    {
        m_window->zoom(0);
        const double before = m_theme.zoom();
        QTest::keyClick(m_window.get(), Qt::Key_Equal, Qt::ControlModifier);
        QVERIFY(m_theme.zoom() > before);
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_theme.zoom(), 1.0);
        m_context->open({QStringLiteral("patients"), {}, {}, {}});
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(QApplication::focusWidget()
            && QApplication::focusWidget()->objectName() == QLatin1String("patients.list"));
    }
    // Large type: more pages than the row holds. The current one is in sight, and a menu has them all.
    void everyPageOfAPatientCanBeReachedAtLargeType()
    {
        m_theme.setZoom(2);
        for (int i = 0; i < 5; ++i)
            m_context->openDocument(m_hong, QStringLiteral("1.2.3.%1").arg(i));
        auto *tab = m_window->currentTab();
        QCOMPARE(tab->pageCount(), 8);
        auto *row = tab->findChild<QListWidget *>(QStringLiteral("tab.navigation"));
        auto *more = tab->findChild<QAbstractButton *>(QStringLiteral("tab.more"));
        auto *menu = tab->findChild<QMenu *>(QStringLiteral("tab.more.menu"));
        QTRY_VERIFY(more->isVisible());
        QVERIFY(!more->accessibleName().isEmpty());
        for (const int page : {7, 0, 4}) {
            tab->selectPage(page);
            QCoreApplication::processEvents();
            QVERIFY2(row->viewport()->rect().contains(row->visualItemRect(row->item(page)).center()),
                qPrintable(QString::number(page)));
        }
        more->click();
        QCOMPARE(menu->actions().size(), 8);
        menu->actions().at(7)->trigger();
        menu->hide();
        QCOMPARE(row->currentRow(), 7);
        m_theme.setZoom(1);
        QTRY_VERIFY(!more->isVisible());
        QTest::mouseClick(row->viewport(), Qt::LeftButton, {}, QPoint(20, row->viewport()->height() - 3));
        QCOMPARE(row->selectedItems().size(), 1); // below the pages: it says still where one is
    }
    void searchShowsFourKindsOfEmpty()
    {
        m_context->openSearch(m_hong);
        auto *page = qobject_cast<ui::SearchPage *>(m_window->currentPage());
        QVERIFY(page);
        services::SearchResult result;
        using Outcome = services::SourceOutcome;
        for (const Outcome outcome :
            {Outcome::Nothing, Outcome::NoConsent, Outcome::NotParticipating, Outcome::Failed})
            result.sources.push_back(
                {QString::number(int(outcome)), QStringLiteral("기관"), outcome, 0, {}, 0});
        page->showResult(result, true);
        const auto *table = page->findChild<ui::DataTable *>(QStringLiteral("search.sources"));
        QCOMPARE(table->rows().rowCount(), 4);
        QStringList words;
        for (int row = 0; row < 4; ++row)
            words.append(table->rows().index(row, 1).data().toString());
        QCOMPARE(words.removeDuplicates(), 0);
        QVERIFY(page->totalLine().contains(QStringLiteral("동의 없음 1")));
    }
    void theKindThatIsChosenIsWhatIsListed()
    {
        m_context->openSearch(m_hong);
        auto *page = qobject_cast<ui::SearchPage *>(m_window->currentPage());
        QVERIFY(page);
        const auto *table = page->findChild<ui::DataTable *>(QStringLiteral("search.results"));
        services::SearchResult result;
        page->showResult(result, true);
        const QString nothing = table->emptySentence();
        for (const auto outcome : {services::SourceOutcome::Failed, services::SourceOutcome::NoConsent}) {
            result.sources = {{QStringLiteral("1"), QStringLiteral("기관"), outcome, 0, {}, 0}};
            page->showResult(result, true);
            QVERIFY(table->isEmpty());
            QVERIFY2(table->emptySentence() != nothing, "who did not answer is said to have nothing");
        }
        services::DocumentRow letter;
        letter.id = QStringLiteral("1.2.3");
        letter.form = clinical::Form::Return;
        result.documents = {letter};
        page->showResult(result, true);
        QCOMPARE(table->rows().rowCount(), 1);
        auto *kind = page->findChild<QComboBox *>(QStringLiteral("search.kind"));
        kind->setCurrentIndex(1); // referrals
        QCOMPARE(table->rows().rowCount(), 0);
        QVERIFY(table->emptySentence() != nothing);
        kind->setCurrentIndex(0);
        QCOMPARE(table->rows().rowCount(), 1);
    }
    // The EMR asked for somebody; the chart that happens to be open is not the answer when that fails.
    void aRefusedHandOverLeavesNobodyElseInFront()
    {
        m_context->openPatient(m_hong);
        const base::Error error({"services.PatientConflict", 1});
        m_window->arrivalFailed(error);
        QVERIFY(m_window->currentTab()->patient().isEmpty());
        ui::MessageStrip &strip = m_window->currentTab()->strip();
        QVERIFY(strip.isShowing());
        QVERIFY(strip.sentence().contains(QLatin1String("services.PatientConflict")));
        QTest::qWait(50);
        m_window->arrive(m_kim, QStringLiteral("open")); // the next one works: nothing of it stays
        QCOMPARE(m_window->currentTab()->patient(), m_kim);
        QVERIFY(!strip.isShowing());
        // A draft that is being written is not left for it.
        m_context->openDocument(m_hong, QStringLiteral("1.2.3"));
        probe()->unsaved = true;
        m_window->arrivalFailed(error);
        QCOMPARE(m_window->currentTab()->patient(), m_hong);
        QVERIFY(m_window->currentTab()->strip().isShowing());
    }
    void newPatientByHandOpensItsTab()
    {
        m_context->open({QStringLiteral("patients"), {}, {}, {}});
        m_window->currentPage()->goToSection(3);
        const auto fill = [this](const char *name, const char *text) {
            m_window->findChild<QLineEdit *>(QString::fromLatin1(name))->setText(QString::fromUtf8(text));
        };
        fill("patients.new.name", "이하늘");
        m_window->currentPage()->mainAct();
        QVERIFY(m_window->currentTab()->patient().isEmpty()); // what is missing is said, nothing is saved
        fill("patients.new.birth", "2019-04-02");
        fill("patients.new.chart", "00555555");
        m_window->currentPage()->mainAct();
        QTRY_VERIFY(!m_window->currentTab()->patient().isEmpty());
        QVERIFY(m_window->currentTab()->banner()->identity().contains(QStringLiteral("이하늘")));
    }
    void everyFocusableIsNamed()
    {
        for (const char *kind : {"patients", "outbox", "settings"})
            m_context->open({QString::fromLatin1(kind), {}, {}, {}});
        m_context->openPatient(m_hong);
        m_context->openSearch(m_hong);
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || widget->isHidden()
                || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            if (widget->parentWidget()
                && QByteArray(widget->parentWidget()->metaObject()->className())
                       .startsWith("QComboBoxPrivate"))
                continue; // the list of a combo box is spoken as the box
            const bool named = !widget->accessibleName().isEmpty()
                || (qobject_cast<const QAbstractButton *>(widget)
                    && !static_cast<const QAbstractButton *>(widget)->text().isEmpty());
            const QString what = QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ')
                + widget->objectName() + QLatin1Char(' ')
                + (widget->parentWidget() ? widget->parentWidget()->objectName() : QString());
            const bool container = what.startsWith(QLatin1String("QTabWidget"))
                || what.contains(QLatin1String("Page ")) || what.startsWith(QLatin1String("QScrollBar"))
                || what.startsWith(QLatin1String("QMenuBar"))
                || what.startsWith(QLatin1String("naru::ui::PasswordEdit"))
                || what.startsWith(QLatin1String("QHeaderView"));
            QVERIFY2(named || container, qPrintable(what));
        }
    }
};

QTEST_MAIN(TstUiWindow)
#include "tst_ui_window.moc"
