// Words between the program and a naru-paper child, which has one document for life. The child confines
// itself and says Ready; then one question at a time, each answered by Done. Each side takes the other for
// hostile.
#pragma once

#include <QtGlobal>

namespace naru::imaging::paper {

enum Key : int {
    Verb = 1,
    Ok = 2,
    Fault = 3, // a Trouble
    Version = 4,
    Pages = 5, // [width, height, ...] in points of 1/72 inch
    Page = 6, // from 0
    Width = 7, // pixels
    Height = 8
};

enum Word : int {
    Ready = 1,
    Open = 2, // descriptor: the document
    Draw = 3, // descriptor: shared memory of 4 x Width x Height bytes, filled with 0xffRRGGBB
    Done = 4
};

enum Trouble : int { Damaged = 1, Locked = 2, Memory = 3 };

constexpr int CurrentVersion = 1;
constexpr int MostPages = 5000; // those after them are not shown
constexpr int MostPoints = 14'400; // of a side: ISO 32000-1 annex C.2
constexpr qint64 MostPixels = 40'000'000; // of a picture of a page
constexpr quint32 MaximumAnswer = 256 * 1024;
constexpr qint64 MostDocument = 256LL * 1024 * 1024;

} // namespace naru::imaging::paper
