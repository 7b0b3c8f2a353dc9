// A picker between two fields, with made-up terms.
#pragma once

#include "tests/support/HangulTyping.h"
#include "tests/ui/compose/FakeTerms.h"
#include "tests/ui/compose/Fixture.h"

#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/PickerList.h"

#include <QListView>
#include <QVBoxLayout>

namespace naru::ui {

class PickerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsSet("NARU_TEST_QM")
            && m_translator.load(qEnvironmentVariable("NARU_TEST_QM")))
            QCoreApplication::installTranslator(&m_translator);
        m_theme.setChoice(qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")));
        m_theme.setZoom(qEnvironmentVariable("NARU_TEST_ZOOM", QStringLiteral("1")).toDouble());
        m_theme.applyTo(*qApp);
    }
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(m_theme.zoom() > 1.5 ? QSize(1366, 768) : QSize(960, 640));
        auto *layout = new QVBoxLayout(m_window.get());
        m_before = new QLineEdit(m_window.get());
        m_before->setAccessibleName(QStringLiteral("앞"));
        m_source = std::make_shared<test::FakeTerms>();
        m_picker = new CodePicker(CodePicker::Mode::Adding, m_window.get());
        m_picker->setLabel(QStringLiteral("진단 추가"));
        m_picker->setSource(m_source);
        m_after = new QLineEdit(m_window.get());
        m_after->setAccessibleName(QStringLiteral("뒤"));
        for (QWidget *part : std::initializer_list<QWidget *>{m_before, m_picker, m_after})
            layout->addWidget(part);
        layout->addStretch(1);
        m_window->show();
        m_window->activateWindow();
        m_picker->editor()->setFocus();
        QVERIFY(QTest::qWaitFor([&] { return m_picker->editor()->hasFocus(); }));
        m_edit = m_picker->editor();
    }
    void cleanup() { m_window.reset(); }

protected:
    bool listed(const QString &code) const
    {
        const auto rows = m_picker->rows();
        return std::any_of(rows.begin(), rows.end(),
            [&](const CodeChoice &row) { return row.code == code && !row.similar; });
    }
    void shoot(const char *name) { test::Fixture::shoot(*m_window, QLatin1String(name)); }

    QTranslator m_translator{};
    Theme m_theme{};
    std::unique_ptr<QWidget> m_window{};
    std::shared_ptr<test::FakeTerms> m_source{};
    CodePicker *m_picker = nullptr;
    QLineEdit *m_before = nullptr, *m_after = nullptr;
    HangulLineEdit *m_edit = nullptr;
};

} // namespace naru::ui
