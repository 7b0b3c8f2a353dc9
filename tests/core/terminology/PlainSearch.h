// A search without an index: every string of every term is read. It knows the order that the index promises
// (README of core/terminology) and none of its ways of getting there.
#pragma once

#include "core/terminology/KeySpelling.h"
#include "core/terminology/index/Query.h"
#include "core/terminology/index/TermStrings.h"
#include "tests/core/terminology/IndexTerms.h"

#include <QMap>

#include <algorithm>
#include <tuple>

namespace naru::terminology {

class PlainSearch {
public:
    // Limits of a search that README.md names.
    static constexpr size_t wideWithSigns = 16'000, wideWithout = 1500, widePlaces = 1200, mostMisfits = 1000;

    explicit PlainSearch(std::vector<Concept> terms)
        : m_terms(std::move(terms))
    {
        std::sort(m_terms.begin(), m_terms.end(), [](const Concept &a, const Concept &b) {
            return std::tie(a.system, a.code) < std::tie(b.system, b.code);
        });
        for (size_t i = 0; i < m_terms.size(); ++i)
            addTerm(int(i));
        for (auto *places : {&m_names, &m_initials}) {
            std::stable_sort(places->begin(), places->end(), [](const Place &a, const Place &b) {
                return a.text != b.text ? a.text < b.text : a.value > b.value;
            });
            for (size_t rank = 0; rank < places->size(); ++rank)
                (*places)[rank].rank = int(rank);
        }
    }

    // Codes, best first.
    QStringList ask(const QString &text, int limit, QDate day, const TermUsage *usage = nullptr) const
    {
        const Query query = Query::parse(text);
        if (query.empty())
            return {};
        const Ask ask{limit, day, usage, usage ? stepsOf(*usage) : std::vector<int>{}};
        QMap<int, Found> best;
        if (query.words.size() == 1) {
            best = oneWord(query.words.front(), ask, true);
        } else {
            best = oneWord(query.joined, ask, false);
            for (const Found &one : severalWords(query, ask))
                keepBetter(best, one);
        }
        std::vector<Found> all;
        for (const Found &one : best)
            all.push_back(one);
        std::sort(all.begin(), all.end(), [](const Found &a, const Found &b) { return a.key < b.key; });
        QStringList out;
        for (size_t i = 0; i < all.size() && int(i) < limit; ++i)
            out.append(m_terms[size_t(all[i].term)].code);
        return out;
    }

private:
    // As in the file format: the lower the level, the better.
    enum Level {
        CodeExact = 1,
        NameExact,
        NameWhole,
        CodePrefix,
        NameStart,
        LayoutExact,
        WordStart,
        Inside,
        InitialsWhole,
        InitialsStart,
        Initials,
        InitialsInside,
        OtherLayout,
        OtherWord,
        OtherInside,
        OtherInitials,
        OtherInitialsWord,
        OtherInitialsInside
    };
    struct Place {
        QByteArray text{}; // from here to the end of the string
        int term = 0, begin = 0, value = 0, rank = 0, start = 0;
        bool initials = false, alias = false, complete = true;
        QByteArray letters{}; // of initials: the name from this letter on, as keys
    };
    // retired, level, usage, static score, array, rank: all of them the lower the better
    using Key = std::tuple<int, int, int, int, int, int>;
    struct Found {
        int term = 0;
        Key key{};
    };
    struct Ask {
        int limit = 50;
        QDate day{};
        const TermUsage *usage = nullptr;
        std::vector<int> steps{}; // the clinic's counts that occur, highest first
    };
    struct Reading {
        QByteArray keys{};
        bool initials = false, other = false;
    };

    void addTerm(int id)
    {
        const Concept &term = m_terms[size_t(id)];
        const bool open = !term.validTo.isValid() || term.validTo >= QDate(2099, 1, 1);
        for (const IndexedString &string : indexedStrings(term, true)) {
            const bool code = string.source == TermHit::Source::Code;
            if (term.axis && !code)
                continue;
            const bool preferred = string.source != TermHit::Source::Synonym && !string.derived;
            const int value = (open ? 1 << 15 : 0) | (std::clamp(term.weight, 0, 1000) * 31 / 1000) << 8
                | ((term.complete ? 2 : 0) + (term.mainAllowed ? 1 : 0)) << 6 | (preferred ? 1 << 5 : 0)
                | (31 - std::min(string.length, 31));
            const auto add = [&](std::vector<Place> &to, const QByteArray &bytes, const auto &starts,
                                 bool initials) {
                for (const IndexedString::Start &start : starts) {
                    Place place;
                    place.text = bytes.mid(start.at);
                    place.term = id;
                    place.begin = code ? 3 : int(start.begin) - 1;
                    place.value = value | place.begin << 13;
                    place.start = start.at;
                    place.initials = initials;
                    place.alias = string.source == TermHit::Source::Alias;
                    place.complete = term.complete;
                    if (initials)
                        place.letters = behindLetters(string.bytes, start.at);
                    to.push_back(std::move(place));
                }
            };
            add(m_names, string.bytes, string.starts, false);
            if (!code && !string.initialStarts.empty())
                add(m_initials, string.initials, string.initialStarts, true);
        }
    }

    static bool syllableAt(const QByteArray &keys, qsizetype at)
    {
        return at + 1 < keys.size() && isConsonantKey(keys[at]) && isVowelKey(keys[at + 1]);
    }
    static qsizetype letterEnd(const QByteArray &keys, qsizetype at)
    {
        if (!isHangulKey(keys[at]))
            return at + 1;
        for (++at; at < keys.size() && isVowelKey(keys[at]);)
            ++at;
        while (at < keys.size() && isConsonantKey(keys[at]) && !syllableAt(keys, at))
            ++at;
        return at;
    }
    static QByteArray behindLetters(const QByteArray &keys, int letters)
    {
        qsizetype at = 0;
        for (; letters > 0 && at < keys.size(); --letters)
            at = letterEnd(keys, at);
        return keys.mid(at);
    }
    static bool piecesFit(const QByteArray &keys, const std::vector<QueryWord::Piece> &pieces)
    {
        qsizetype at = 0;
        for (size_t i = 0; i < pieces.size(); ++i) {
            if (at >= keys.size() || !QByteArrayView(keys).sliced(at).startsWith(pieces[i].keys))
                return false;
            const qsizetype end = letterEnd(keys, at);
            if (i + 1 < pieces.size() && !pieces[i].initial && end - at != pieces[i].keys.size())
                return false;
            at = end;
        }
        return true;
    }

    static std::vector<int> stepsOf(const TermUsage &usage)
    {
        std::vector<int> steps;
        for (const auto &one : usage.counts)
            steps.push_back(one.clinic);
        std::sort(steps.begin(), steps.end(), std::greater<>());
        steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
        return steps;
    }
    Key keyOf(int term, int level, const Place &place, bool initialsFirst, const Ask &ask) const
    {
        const Concept &own = m_terms[size_t(term)];
        int step = 1 << 20;
        if (ask.usage) {
            const auto counts = ask.usage->counts.value(TermUsage::key(own.system, own.code));
            if (counts.clinic > 0)
                step = int(std::find(ask.steps.begin(), ask.steps.end(), counts.clinic) - ask.steps.begin());
        }
        const int value = place.value & ~(3 << 13);
        return {own.validOn(ask.day) ? 0 : 1, level, step, -value, initialsFirst ? 1 : 0, place.rank};
    }
    static int levelOf(const Place &place, const Reading &reading)
    {
        const bool whole = place.text.size() == reading.keys.size();
        const int behind = 2 - std::min(place.begin, 2);
        if (reading.other)
            return (place.initials ? OtherInitials : OtherLayout) + behind;
        if (place.initials)
            return behind > 0 ? Initials + behind - 1 : whole ? InitialsWhole : InitialsStart;
        if (place.begin == 3)
            return whole ? CodeExact : CodePrefix;
        if (place.begin == 2)
            return !whole ? NameStart : place.start == 0 && place.complete ? NameExact : NameWhole;
        return place.begin == 1 ? WordStart : Inside;
    }
    static void keepBetter(QMap<int, Found> &all, const Found &one)
    {
        const auto it = all.find(one.term);
        if (it == all.end() || one.key < it->key)
            all[one.term] = one;
    }
    std::vector<const Place *> placesOf(const Reading &reading) const
    {
        // The places are in the order of their text, which is all the help this search has.
        const std::vector<Place> &all = reading.initials ? m_initials : m_names;
        const auto head = [&](const Place &place) {
            return QByteArrayView(place.text).first(std::min(place.text.size(), reading.keys.size()));
        };
        const auto from = std::partition_point(
            all.begin(), all.end(), [&](const Place &place) { return head(place) < reading.keys; });
        std::vector<const Place *> out;
        for (auto it = from; it != all.end() && !reading.keys.isEmpty() && head(*it) == reading.keys; ++it)
            out.push_back(&*it);
        return out;
    }
    static int validOf(const QMap<int, Found> &all)
    {
        return int(std::count_if(
            all.begin(), all.end(), [](const Found &one) { return std::get<0>(one.key) == 0; }));
    }

    // A later reading is asked while the earlier ones gave too few.
    QMap<int, Found> oneWord(const QueryWord &word, const Ask &ask, bool alone) const
    {
        QMap<int, Found> all;
        const auto add = [&](const Reading &reading) {
            QMap<int, Found> now;
            for (const Place *place : placesOf(reading)) {
                if (!all.contains(place->term))
                    keepBetter(now,
                        {place->term,
                            keyOf(place->term, levelOf(*place, reading), *place, reading.initials, ask)});
            }
            for (const Found &one : now)
                keepBetter(all, one);
        };
        add({word.keys, false, false});
        if (alone && !word.other.isEmpty()) {
            for (const Place *place : placesOf({word.other, false, false})) {
                if (place->alias && place->start == 0 && place->text == word.other)
                    keepBetter(all, {place->term, keyOf(place->term, LayoutExact, *place, false, ask)});
            }
        }
        const auto room = [&] { return validOf(all) < ask.limit; };
        if (room() && !word.initials.isEmpty())
            add({word.initials, true, false});
        if (!alone)
            return all;
        if (room() && !word.mixed.isEmpty()) {
            addMixed(word, ask, all);
        }
        if (!room() || all.size() >= std::max(50, ask.limit) || word.other.isEmpty())
            return all;
        add({word.other, false, true});
        if (room() && !word.otherInitials.isEmpty())
            add({word.otherInitials, true, true});
        return all;
    }

    // Words such as ㅎ글: so many places whose other letters do not fit are passed over, the best ones first.
    void addMixed(const QueryWord &word, const Ask &ask, QMap<int, Found> &all) const
    {
        const Reading reading{word.mixed, true, false};
        std::vector<const Place *> order = placesOf(reading);
        const auto beside = [&](const Place *place) { // looked at in any case
            const Concept &own = m_terms[size_t(place->term)];
            return (own.validTo.isValid() && own.validTo >= ask.day)
                || (ask.usage && ask.usage->counts.contains(TermUsage::key(own.system, own.code)));
        };
        std::sort(order.begin(), order.end(), [&](const Place *a, const Place *b) {
            const auto key = [&](const Place *one) {
                const bool whole = one->text.size() == reading.keys.size() && one->begin == 2;
                return std::tuple(!beside(one), !whole, -one->value, one->rank);
            };
            return key(a) < key(b);
        });
        QMap<int, Found> now;
        size_t misfits = 0;
        for (const Place *place : order) {
            if (all.contains(place->term) || (now.contains(place->term) && !beside(place)))
                continue;
            if (!piecesFit(place->letters, word.pieces)) {
                misfits += beside(place) ? 0 : 1;
                if (misfits > mostMisfits)
                    break;
                continue;
            }
            const int level = place->begin < 2 ? Initials + 1 - place->begin : InitialsStart;
            keepBetter(now, {place->term, keyOf(place->term, level, *place, true, ask)});
        }
        for (const Found &one : now)
            keepBetter(all, one);
    }

    std::vector<Found> severalWords(const Query &query, const Ask &ask) const
    {
        struct Word {
            std::vector<Reading> readings{};
            std::vector<std::vector<const Place *>> places{};
            QMap<int, std::pair<int, bool>> levels{}; // of a term: best level, whether by its initials
            size_t total = 0;
        };
        std::vector<Word> words;
        for (const QueryWord &asked : query.words) {
            Word word;
            const auto add = [&](const Reading &reading) {
                auto places = placesOf(reading);
                if (places.empty())
                    return;
                for (const Place *place : places) {
                    const int level = levelOf(*place, reading);
                    const auto it = word.levels.find(place->term);
                    if (it == word.levels.end() || level < it->first)
                        word.levels[place->term] = {level, reading.initials};
                }
                word.total += places.size();
                word.readings.push_back(reading);
                word.places.push_back(std::move(places));
            };
            add({asked.keys, false, false});
            if (!asked.initials.isEmpty())
                add({asked.initials, true, false});
            if (word.total < 50 && !asked.other.isEmpty())
                add({asked.other, false, true});
            if (word.total == 0)
                return {};
            words.push_back(std::move(word));
        }
        size_t rarest = 0;
        bool sign = false;
        for (size_t i = 1; i < words.size(); ++i)
            rarest = words[i].total < words[rarest].total ? i : rarest;
        for (size_t i = 0; i < words.size(); ++i) {
            sign = sign
                || (i != rarest && words[i].readings.size() == 1 && !words[i].readings[0].initials
                    && words[i].readings[0].keys.size() >= 2);
        }
        std::vector<Found> out;
        QSet<int> seen;
        size_t scanned = 0;
        for (auto places : words[rarest].places) {
            std::sort(places.begin(), places.end(), [](const Place *a, const Place *b) {
                return a->value != b->value ? a->value > b->value : a->rank < b->rank;
            });
            if (scanned + places.size() > (sign ? wideWithSigns : wideWithout))
                places.resize(std::min(places.size(), widePlaces));
            else
                scanned += places.size();
            for (const Place *place : places) {
                if (seen.contains(place->term))
                    continue;
                seen.insert(place->term);
                int level = NameStart;
                bool every = true;
                for (const Word &word : words) {
                    every = every && word.levels.contains(place->term);
                    level = std::max(level, word.levels.value(place->term).first);
                }
                if (every)
                    out.push_back({place->term,
                        keyOf(place->term, level, *place, words[0].levels.value(place->term).second, ask)});
            }
        }
        return out;
    }

    std::vector<Concept> m_terms;
    std::vector<Place> m_names{}, m_initials{};
};

} // namespace naru::terminology
