// The pages before anything is open, in a low window and in large type: no field is squeezed or cut, whatever
// the page has to say.
#include "Fixture.h"

#include "core/base/Errors.h"
#include "ui/pages/lock/LockPage.h"
#include "ui/pages/lock/StartPage.h"
#include "ui/widgets/MessageStrip.h"

#include <QComboBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace naru;
using namespace naru::ui;

namespace {
// Half of a 1366 by 768 screen, as two programs beside each other leave it.
constexpr QSize lowWindow(713, 618);

// Heights asked for and room given; `what` names the widget.
QString cut(const QWidget &widget, const QWidget &page)
{
    const QString name = QStringLiteral("%1 \"%2\"")
                             .arg(QString::fromLatin1(widget.metaObject()->className()), widget.objectName());
    int wanted = widget.sizeHint().height();
    if (const auto *label = qobject_cast<const QLabel *>(&widget); label && label->wordWrap())
        wanted = label->heightForWidth(label->width());
    if (widget.height() < wanted)
        return QStringLiteral("%1 is %2 high, needs %3").arg(name).arg(widget.height()).arg(wanted);
    const QRect place(widget.mapTo(&page, QPoint(0, 0)), widget.size());
    if (!page.rect().contains(place) || widget.visibleRegion().boundingRect().height() < widget.height())
        return QStringLiteral("%1 shows %2 of %3 lines")
            .arg(name)
            .arg(widget.visibleRegion().boundingRect().height())
            .arg(widget.height());
    if (widget.visibleRegion().boundingRect().width() < widget.width())
        return name + QStringLiteral(" is cut at its side");
    return {};
}

// Each of these is brought into view, a field by the keys going to it, and must then show whole.
QStringList allCut(QWidget &page)
{
    QStringList out;
    auto *area = page.findChild<QScrollArea *>();
    for (QWidget *widget : page.findChildren<QWidget *>()) {
        const bool counts = qobject_cast<QLineEdit *>(widget) || qobject_cast<QComboBox *>(widget)
            || qobject_cast<QPushButton *>(widget) || qobject_cast<QLabel *>(widget);
        if (!counts || !widget->isVisible())
            continue;
        if (widget->focusPolicy() != Qt::NoFocus)
            widget->setFocus(Qt::ShortcutFocusReason);
        else if (area)
            area->ensureWidgetVisible(widget, 0, 0);
        const QString fault = cut(*widget, page);
        if (!fault.isEmpty())
            out.append(fault);
    }
    return out;
}

base::Error longError()
{
    return base::Error(base::errors::Io, QString(120, QLatin1Char('x')),
        {{QStringLiteral("what"),
            QStringLiteral("/home/doctor/.local/share/naru/a long folder/profile.db")}});
}
} // namespace

class TstUiLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        static const QFont systemFont = QApplication::font();
        QApplication::setFont(systemFont); // a theme takes the font it finds for the system's
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void startPage_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<QSize>("size");
        QTest::newRow("small") << 1.0 << lowWindow;
        QTest::newRow("small, large type") << 2.0 << lowWindow;
        QTest::newRow("laptop") << 1.0 << QSize(1366, 768);
        QTest::newRow("laptop, large type") << 2.0 << QSize(1366, 768);
    }

    void startPage()
    {
        QFETCH(double, zoom);
        QFETCH(QSize, size);
        test::Fixture fixture; // a theme on the application
        fixture.theme.setZoom(zoom);
        StartPage page(fixture.theme, fixture.queue, text::Language::Korean,
            m_folder->filePath(QStringLiteral("new")), {});
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        settled(page, "before");
        auto *strip = page.findChild<MessageStrip *>();
        auto *password = page.findChild<QLineEdit *>(QStringLiteral("start.password"));
        auto *again = page.findChild<QLineEdit *>(QStringLiteral("start.again"));
        // What the user does: two that differ.
        QTest::keyClicks(password, QStringLiteral("one two"));
        QTest::keyClicks(again, QStringLiteral("one three"));
        QTest::keyClick(again, Qt::Key_Return);
        QVERIFY(strip->isShowing());
        settled(page, "two that differ");
        strip->showError(longError(), text::Language::Korean, QStringLiteral("열지 못했습니다"));
        settled(page, "a long sentence");
        strip->findChildren<QPushButton *>().front()->click(); // the details
        settled(page, "its details");
        fixture.theme.setZoom(zoom == 1.0 ? 1.5 : 1.0);
        settled(page, "another size of type");
        strip->clear();
        settled(page, "after");
    }

    // What a message says must not wait below the edge of the window.
    void messageIsSeen()
    {
        test::Fixture fixture;
        fixture.theme.setZoom(2.0);
        StartPage page(fixture.theme, fixture.queue, text::Language::Korean,
            m_folder->filePath(QStringLiteral("new")), {});
        page.resize(lowWindow);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        page.findChild<QScrollArea *>()->verticalScrollBar()->setValue(0);
        QTest::keyClick(page.findChild<QLineEdit *>(QStringLiteral("start.again")), Qt::Key_Return);
        const auto *strip = page.findChild<MessageStrip *>();
        QVERIFY(strip->isShowing());
        QTRY_COMPARE(strip->visibleRegion().boundingRect().height(), strip->height());
        test::Fixture::shoot(page, QStringLiteral("start-message"));
    }

    // The first thing many people meet: said in one sentence, without codes and certificates.
    void weakPassphraseIsSaidPlainly()
    {
        test::Fixture fixture;
        StartPage page(fixture.theme, fixture.queue, text::Language::Korean,
            m_folder->filePath(QStringLiteral("new")), {});
        page.resize(lowWindow);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        const auto *field = page.findChild<QLineEdit *>(QStringLiteral("start.password"));
        QVERIFY2(field->accessibleName().contains(QLatin1Char('8')), "the length asked for is told before");
        for (const char *name : {"start.password", "start.again"})
            QTest::keyClicks(page.findChild<QLineEdit *>(QString::fromLatin1(name)), QStringLiteral("1234"));
        QTest::keyClick(page.findChild<QLineEdit *>(QStringLiteral("start.again")), Qt::Key_Return);
        const auto *strip = page.findChild<MessageStrip *>();
        QTRY_VERIFY_WITH_TIMEOUT(strip->isShowing(), 20'000);
        QVERIFY2(strip->sentence().contains(QStringLiteral("8자")), qPrintable(strip->sentence()));
        QVERIFY2(!strip->sentence().contains(QStringLiteral("security.")), qPrintable(strip->sentence()));
        settled(page, "weak");
    }

    void lockPage_data() { startPage_data(); }

    void lockPage()
    {
        QFETCH(double, zoom);
        QFETCH(QSize, size);
        test::Fixture fixture;
        fixture.theme.setZoom(zoom);
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        auto *page = new LockPage(*fixture.context, &window);
        column->addWidget(page);
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(window.size(), size); // the page does not push its window open
        settled(*page, "before");
        page->findChild<MessageStrip *>()->showError(
            longError(), text::Language::Korean, QStringLiteral("잠긴 채로 있습니다"));
        settled(*page, "a long sentence");
        QCOMPARE(window.size(), size);
    }

private:
    void settled(QWidget &page, const char *when)
    {
        QTest::qWait(30);
        // On a busy machine another size of type takes more turns; what stays cut fails below.
        const bool whole = QTest::qWaitFor([&] { return allCut(page).isEmpty(); }, 5000);
        test::Fixture::shoot(page,
            QStringLiteral("%1-%2-%3")
                .arg(page.objectName(), QString::fromLatin1(QTest::currentDataTag()),
                    QString::fromLatin1(when)));
        const QStringList faults = allCut(page);
        QVERIFY2(whole && faults.isEmpty(),
            qPrintable(QString::fromLatin1(when) + QStringLiteral(": ") + faults.join(QStringLiteral("; "))));
    }

    std::unique_ptr<QTemporaryDir> m_folder{};
};

QTEST_MAIN(TstUiLock)
#include "tst_ui_lock.moc"
