// The paper for clinics without a pad: every item of the law, two separate boxes a text, a place to sign.
#pragma once

#include "core/services/Types.h"

#include <QTextDocument>
#include <memory>

class QWidget;

namespace naru::ui {

struct PaperForm {
    clinical::Patient patient{};
    services::ConsentAct act{};
    std::vector<services::ConsentText> texts{};
    bool withdrawal = false;
    bool korean = true;
    QString effect{};
};

std::unique_ptr<QTextDocument> paperForm(const PaperForm &form);
void printPaperForm(QWidget *parent, const PaperForm &form); // asks for the printer, A4, one-sided

} // namespace naru::ui
