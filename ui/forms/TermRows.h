// A row of the term service as a row of a picker: spelling for people, marks, limits in words, sides.
#pragma once

#include "core/services/Types.h"
#include "ui/widgets/CodeSource.h"

#include <QCoreApplication>

namespace naru::ui {

class TermRows {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::TermRows)
public:
    static CodeChoice choice(const services::TermHit &hit);
    static std::vector<CodeChoice> choices(const std::vector<services::TermHit> &hits);
    // Only what identifies a code; enough for the service.
    static services::TermHit hit(const CodeChoice &choice);
    // "I61.4" for KCD, as it is for every other system.
    static QString shownCode(const QString &system, const QString &code);
    // Whether left and right make sense with it.
    static bool sided(const QString &system, const QString &code, const QString &name);
    // "여성, 15-49세"; empty without limits.
    static QString limits(const services::TermHit &hit);
    // "불완전: 아래 코드 4개 중에서 고르기"; empty for systems that are not claimed with.
    static QString claims(const services::TermHit &hit);
    static QString release(const QString &system, const terminology::Terminology &terms);
    static std::vector<CodeDetail> details(
        const services::TermHit &hit, const terminology::Terminology &terms);
};

} // namespace naru::ui
