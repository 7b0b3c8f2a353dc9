// A window with one code picker, for check_ibus.py: says on standard output what an editor sees while a real
// input method types into it. One JSON object a line.
#include "tests/ui/compose/FakeTerms.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/CodePicker.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVBoxLayout>

#include <cstdio>

using namespace naru;

namespace {

void say(const QJsonObject &line)
{
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    ui::Theme theme;
    theme.applyTo(app);
    QWidget window;
    window.setWindowTitle(QStringLiteral("ime_host"));
    window.resize(900, 600);
    auto *column = new QVBoxLayout(&window);
    auto *picker = new ui::CodePicker(ui::CodePicker::Mode::Adding, &window);
    auto *other = new QLineEdit(&window);
    picker->setLabel(QStringLiteral("진단 추가"));
    picker->setSource(std::make_shared<test::FakeTerms>());
    column->addWidget(picker);
    column->addWidget(other);
    column->addStretch(1);
    ui::HangulLineEdit *edit = picker->editor();
    QObject::connect(edit, &ui::HangulLineEdit::liveTextChanged, &window, [=](const QString &live) {
        const auto rows = picker->rows();
        say({{QStringLiteral("live"), live}, {QStringLiteral("committed"), edit->text()},
            {QStringLiteral("composing"), edit->composing()}, {QStringLiteral("rows"), int(rows.size())},
            {QStringLiteral("first"), rows.empty() ? QString() : rows.front().code}});
    });
    QObject::connect(picker, &ui::CodePicker::picked, &window, [=](const ui::CodeChoice &choice) {
        say({{QStringLiteral("picked"), choice.code}});
    });
    QObject::connect(picker, &ui::CodePicker::freeText, &window, [=](const QString &text) {
        say({{QStringLiteral("free"), text}});
    });
    QObject::connect(&app, &QApplication::focusChanged, &window, [=](QWidget *, QWidget *now) {
        say({{QStringLiteral("focus"),
                 now == edit ? QStringLiteral("picker")
                     : now   ? QStringLiteral("other")
                             : QString()},
            {QStringLiteral("committed"), edit->text()}});
    });
    window.show();
    edit->setFocus();
    return QApplication::exec();
}
