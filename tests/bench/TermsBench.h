// The figures of the code picker: `./test --bench terms`.
#pragma once

#include <QStringList>

// Engines side by side over the same keystroke states, index sizes, build times, starts.
int benchTerms();
// A process of its own for a figure: "--terms-start FILE" (open, one answer), "--terms-memory FILE".
int benchTermsChild(const QStringList &arguments);
