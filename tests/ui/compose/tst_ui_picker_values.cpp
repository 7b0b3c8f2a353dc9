// Values of a code picker: pasted, in free text, in order, announced; and where its list stands in a window.
#include "tests/ui/compose/PickerTest.h"

#include "ui/widgets/IdentityBanner.h"

#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;
using test::compose;
using test::FakeTerms;

namespace {

QStringList accessibleEvents;

void record(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Selection || event->type() == QAccessible::ActiveDescendantChanged)
        accessibleEvents << QStringLiteral("%1:%2").arg(int(event->type())).arg(event->child());
}

} // namespace

class TestPickerValues : public PickerTest {
    Q_OBJECT
private Q_SLOTS:
    void aPastedColumnIsConfirmedFirst()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QGuiApplication::clipboard()->setText(QStringLiteral("E11.9\nH360\nX999\nh25.9\n"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QCOMPARE(m_picker->view(), CodePicker::View::Pasted);
        QCOMPARE(m_edit->text(), QString()); // the column is no search text
        const auto rows = m_picker->rows();
        QCOMPARE(rows.size(), size_t(4));
        QVERIFY(!rows[3].known);
        QCOMPARE(rows[3].title(), QStringLiteral("X999"));
        shoot("picker-pasted");
        QTest::keyClick(m_edit, Qt::Key_Down);
        QTest::keyClick(m_edit, Qt::Key_Delete); // leaves H36.0 out
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 2);
        QCOMPARE(picked[0].front().value<CodeChoice>().code, QStringLiteral("E11.9"));
        QCOMPARE(picked[1].front().value<CodeChoice>().code, QStringLiteral("H25.9"));
        QVERIFY(m_edit->hasFocus());
    }

    // Whatever way a column comes, it is confirmed; and what is no column is text by every way.
    void everyWayOfPastingIsTheSame_data()
    {
        QTest::addColumn<QString>("way");
        for (const char *way : {"key", "shift insert", "menu", "middle button", "drop"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void everyWayOfPastingIsTheSame()
    {
        QFETCH(QString, way);
        const auto paste = [&](const QString &text) {
            QGuiApplication::clipboard()->setText(text);
            if (way == QLatin1String("key")) {
                QTest::keyClick(m_edit, Qt::Key_V, Qt::ControlModifier);
            } else if (way == QLatin1String("shift insert")) {
                QTest::keyClick(m_edit, Qt::Key_Insert, Qt::ShiftModifier);
            } else if (way == QLatin1String("menu")) {
                QContextMenuEvent event(
                    QContextMenuEvent::Mouse, QPoint(5, 5), m_edit->mapToGlobal(QPoint(5, 5)));
                QApplication::sendEvent(m_edit, &event);
                QPointer<QMenu> menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
                QVERIFY(menu);
                auto *action = menu->findChild<QAction *>(QStringLiteral("edit-paste"));
                QVERIFY(action && action->isEnabled());
                menu->setActiveAction(action);
                QTest::keyClick(menu, Qt::Key_Return);
                QTRY_VERIFY(!menu);
            } else if (way == QLatin1String("middle button")) {
                QGuiApplication::clipboard()->setText(text, QClipboard::Selection);
                QTest::mouseClick(m_edit, Qt::MiddleButton);
            } else {
                QMimeData mime;
                mime.setText(text);
                QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
                QApplication::sendEvent(m_edit, &enter);
                QDropEvent event(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
                QApplication::sendEvent(m_edit, &event);
            }
            QTest::qWait(20); // a menu gives the focus back, and what that asks for comes later
        };
        if (way == QLatin1String("middle button") && !QGuiApplication::clipboard()->supportsSelection())
            QSKIP("this platform has no selection to paste");
        paste(QStringLiteral("E11.9\nH360\nX999\n"));
        QCOMPARE(m_picker->view(), CodePicker::View::Pasted);
        QVERIFY(m_picker->listVisible());
        QCOMPARE(m_edit->text(), QString());
        QCOMPARE(m_picker->rows().size(), size_t(3));
        m_window->activateWindow(); // without a window manager a menu keeps the activation
        QTRY_VERIFY(m_edit->hasFocus());
        QVERIFY(m_picker->listVisible());
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 2);
        paste(QStringLiteral("당뇨병"));
        QCOMPARE(m_edit->text(), QStringLiteral("당뇨병"));
        QVERIFY(m_picker->view() != CodePicker::View::Pasted);
        m_picker->setReadOnly(true);
        m_edit->clear();
        if (way != QLatin1String("menu") && way != QLatin1String("drop")) {
            paste(QStringLiteral("E11.9\nH360\n"));
            QVERIFY(!m_picker->listVisible());
            QCOMPARE(m_edit->text(), QString());
        }
    }

    void otherPastesAreText()
    {
        QGuiApplication::clipboard()->setText(QStringLiteral("당뇨병"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QCOMPARE(m_edit->text(), QStringLiteral("당뇨병"));
        m_edit->clear();
        QGuiApplication::clipboard()->setText(QStringLiteral("환자는 E11.9 진단 하에 H36.0 의심"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QCOMPARE(m_picker->view(), CodePicker::View::Matches);
        QVERIFY(m_edit->text().startsWith(QStringLiteral("환자는")));
    }

    void escapeOfThePasteAddsNothing()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QGuiApplication::clipboard()->setText(QStringLiteral("E11.9\tH36.0"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QTest::keyClick(m_edit, Qt::Key_Escape);
        QVERIFY(m_picker->view() != CodePicker::View::Pasted);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
    }

    void freeTextByKey()
    {
        QSignalSpy words(m_picker, &CodePicker::freeText);
        compose(m_edit, QStringLiteral("림"), QStringLiteral("눈이 흐"));
        QTest::keyClick(m_edit, Qt::Key_F2);
        QTRY_COMPARE(words.size(), 1);
        QCOMPARE(words.front().front().toString(), QStringLiteral("눈이 흐림"));
    }

    void chipsKeepTheirOrderAndTheFirstIsMain()
    {
        auto *chips = new CodePicker(CodePicker::Mode::Chips, m_window.get());
        chips->setLabel(QStringLiteral("진단"));
        chips->setSource(m_source);
        chips->setMainMarkVisible(true);
        m_window->layout()->addWidget(chips);
        chips->setChosen({m_source->rows[3], m_source->rows[4], m_source->rows[5]});
        chips->show();
        chips->editor()->setFocus();
        QTRY_VERIFY(chips->editor()->hasFocus());
        QTest::keyClick(chips->editor(), Qt::Key_Backspace);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier);
        QCoreApplication::processEvents();
        QCOMPARE(chips->chosen()[1].code, QStringLiteral("H25.9"));
        QCOMPARE(chips->mainIndex(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier);
        QCoreApplication::processEvents();
        QCOMPARE(chips->chosen()[0].code, QStringLiteral("H25.9"));
        QCOMPARE(chips->mainIndex(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down, Qt::AltModifier);
        QCoreApplication::processEvents();
        QCOMPARE(chips->chosen()[1].code, QStringLiteral("H25.9"));
        QVERIFY(test::unnamed(m_window.get()).isEmpty());
    }

    // A warning stays with what was chosen: symbol, words and colour, and a sentence for who listens.
    void chosenChipsKeepTheirWarning()
    {
        auto *chips = new CodePicker(CodePicker::Mode::Chips, m_window.get());
        chips->setLabel(QStringLiteral("진단"));
        chips->setSource(m_source);
        chips->setMainMarkVisible(true);
        m_window->layout()->addWidget(chips);
        chips->setChosen({m_source->rows[4], m_source->rows[3], m_source->rows[8], m_source->rows[9]});
        chips->show();
        shoot("picker-chips");
        const auto buttons = chips->findChildren<QPushButton *>(QStringLiteral("codePicker.chip"));
        QCOMPARE(buttons.size(), 4);
        QVERIFY(buttons[0]->accessibleDescription().size() > buttons[1]->accessibleDescription().size());
        QVERIFY(!buttons[1]->text().contains(QStringLiteral("! ")));
        QVERIFY(buttons[2]->text().contains(QStringLiteral("! ")));
        QVERIFY(buttons[2]->accessibleDescription().contains(QStringLiteral("여성")));
        QVERIFY(buttons[3]->text().contains(QStringLiteral("⊘ ")));
        QVERIFY(buttons[3]->accessibleDescription().contains(QStringLiteral("J44.90")));
        const QImage warned = buttons[3]->grab().toImage(), plain = buttons[1]->grab().toImage();
        const QRgb colour = m_theme.color("warn").rgb();
        const auto painted = [&](const QImage &image) {
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixel(x, y) == colour)
                        return true;
                }
            }
            return false;
        };
        QVERIFY(painted(warned) && !painted(plain));
        // Not the main one: that it must not be one is nothing to mind.
        chips->setChosen({m_source->rows[3], m_source->rows[4]});
        const auto others = chips->findChildren<QPushButton *>(QStringLiteral("codePicker.chip"));
        QCOMPARE(others.size(), 2);
        QVERIFY(!others[1]->text().contains(QStringLiteral("! ")));
    }

    void rowsAreAnnouncedWhileFocusStays()
    {
        QAccessible::setActive(true);
        if (QGuiApplication::platformName() != QLatin1String("offscreen")) // the bridge answers later
            (void)QTest::qWaitFor([] { return QAccessible::isActive(); }, 5000);
        accessibleEvents.clear();
        const auto before = QAccessible::installUpdateHandler(record);
        compose(m_edit, {}, QStringLiteral("당"));
        QTest::keyClick(m_edit, Qt::Key_Down);
        QAccessible::installUpdateHandler(before);
        if (QAccessible::isActive()) { // a platform without a bridge (offscreen) sends none
            for (const QAccessible::Event type :
                {QAccessible::Selection, QAccessible::ActiveDescendantChanged})
                QVERIFY(accessibleEvents.contains(QStringLiteral("%1:1").arg(int(type))));
        } else {
            qInfo("no accessibility bridge on this platform: events not looked at");
        }
        QVERIFY(m_edit->hasFocus());
        QVERIFY(m_edit->accessibleDescription().contains(m_picker->rows()[1].title()));
        auto *list = m_window->findChild<QListView *>();
        QAccessibleInterface *rows = QAccessible::queryAccessibleInterface(list);
        QVERIFY(!rows->text(QAccessible::Name).isEmpty());
        QVERIFY(
            rows->child(1) && rows->child(1)->text(QAccessible::Name).contains(m_picker->rows()[1].title()));
        QVERIFY(test::unnamed(m_window.get()).isEmpty());
    }

    void nothingIsCutInALowWindow()
    {
        m_window->resize(700, int(260 * m_theme.zoom()));
        compose(m_edit, {}, QStringLiteral("당"));
        auto *list = m_window->findChild<PickerList *>();
        QVERIFY(m_window->rect().contains(list->geometry()));
        QVERIFY(!list->geometry().intersects(
            QRect(m_edit->mapTo(m_window.get(), QPoint()), m_edit->size()))); // the typed text stays in sight
    }

    // Whose record this is must be seen while a code is chosen.
    void nothingLiesOverThePatient()
    {
        auto *banner = new IdentityBanner(m_theme, true, m_window.get());
        auto *layout = static_cast<QVBoxLayout *>(m_window->layout());
        layout->insertWidget(0, banner);
        layout->insertSpacing(1, int(180 * m_theme.zoom()));
        m_window->resize(m_window->width(), int(400 * m_theme.zoom()));
        QTest::qWait(20);
        auto *list = m_window->findChild<PickerList *>();
        for (const char *text : {"당", "관절통"}) {
            m_edit->clear();
            compose(m_edit, {}, QString::fromUtf8(text));
            list = m_window->findChild<PickerList *>();
            QVERIFY(list->isVisible());
            QVERIFY2(!list->geometry().intersects(banner->geometry()), text);
            QVERIFY2(m_window->rect().contains(list->geometry()), text);
        }
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_picker->view(), CodePicker::View::Refine);
        QVERIFY(!list->geometry().intersects(banner->geometry()));
        shoot("picker-banner");
    }
};

QTEST_MAIN(TestPickerValues)
#include "tst_ui_picker_values.moc"
