// What the editors of a form share: the document, the look, the language, where codes come from.
#pragma once

#include "core/clinical/forms/FormSpec.h"
#include "ui/widgets/CodeSource.h"

#include <functional>
#include <memory>

namespace naru::ui {

class DocumentModel;
class Theme;

struct FormContext {
    DocumentModel &model;
    Theme &theme;
    bool korean = true;
    // By FieldSpec::valueSet ("kcd", "kd" ...); null: free text only.
    std::function<std::shared_ptr<CodeSource>(const QString &valueSet)> concepts{};
    std::shared_ptr<CodeSource> institutions{};
    // Departments of an institution, all departments when it lists none.
    std::function<std::vector<CodeChoice>(const clinical::Institution &)> departments{};
    std::function<clinical::Institution(const QString &oid)> institution{};
    // Abbreviation -> text, empty when there is none.
    std::function<QString(const QString &word)> expander{};

    QString label(const clinical::FieldSpec &spec) const
    {
        return korean || spec.labelEn.isEmpty() ? spec.labelKo : spec.labelEn;
    }
    QString hint(const clinical::FieldSpec &spec) const
    {
        return korean || spec.hintEn.isEmpty() ? spec.hintKo : spec.hintEn;
    }
};

} // namespace naru::ui
