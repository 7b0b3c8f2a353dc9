// The paper for clinics without a pad: every item of the law, two separate boxes a text, a place to sign.
#pragma once

#include "core/services/Types.h"

#include <QTextDocument>
#include <memory>

class QPrinter;
class QWidget;

namespace naru::ui {

class AppContext;

struct PaperForm {
    clinical::Patient patient{};
    services::ConsentAct act{};
    std::vector<services::ConsentText> texts{};
    bool withdrawal = false;
    bool korean = true;
    QString effect{};
};

std::unique_ptr<QTextDocument> paperForm(const PaperForm &form);
void printPaperForm(
    AppContext &context, QWidget *parent, const PaperForm &form); // asks for the printer, A4, one-sided
// Recorded as an export of the form to `form.act.patient`, also when it fails (and told then).
bool printPaperTo(AppContext &context, QPrinter &printer, const PaperForm &form);

} // namespace naru::ui
