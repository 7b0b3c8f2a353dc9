<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>naru::ui::AnonymisePanel</name>
    <message numerus="yes">
        <source>%n image(s) saved without the patient</source>
        <translation>
            <numerusform>%n image saved without the patient</numerusform>
            <numerusform>%n images saved without the patient</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) left out, since their inside cannot be cleaned</source>
        <translation>
            <numerusform>%n document left out, since its inside cannot be cleaned</numerusform>
            <numerusform>%n documents left out, since their inside cannot be cleaned</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::CalibrationPanel</name>
    <message numerus="yes">
        <source>All %n image(s) of the series</source>
        <translation>
            <numerusform>The only image of the series</numerusform>
            <numerusform>All %n images of the series</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::CodePicker</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>first %n</source>
        <translation>
            <numerusform>first %n</numerusform>
            <numerusform>first %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n code(s) below</source>
        <translation>
            <numerusform>%n code below</numerusform>
            <numerusform>%n codes below</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not known, left out: %n</source>
        <translation>
            <numerusform>Not known, left out: %n</numerusform>
            <numerusform>Not known, left out: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pasted: add %n code(s)?</source>
        <translation>
            <numerusform>Pasted: add %n code?</numerusform>
            <numerusform>Pasted: add %n codes?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ComposeFooter</name>
    <message numerus="yes">
        <source>! %n required left (F8)</source>
        <translation>
            <numerusform>! %n required left (F8)</numerusform>
            <numerusform>! %n required left (F8)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>? %n not reviewed (F7)</source>
        <translation>
            <numerusform>? %n not reviewed (F7)</numerusform>
            <numerusform>? %n not reviewed (F7)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ComposePage</name>
    <message numerus="yes">
        <source>%n item(s) missing; sending waits for them.</source>
        <translation>
            <numerusform>%n item missing; sending waits for them.</numerusform>
            <numerusform>%n items missing; sending waits for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In the outbox – can be recalled for %n second(s)</source>
        <translation>
            <numerusform>In the outbox – can be recalled for %n second</numerusform>
            <numerusform>In the outbox – can be recalled for %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::EarlierWords</name>
    <message numerus="yes">
        <source>%n found in %1; tick what belongs here.</source>
        <translation>
            <numerusform>%n found in %1; tick whether it belongs here.</numerusform>
            <numerusform>%n found in %1; tick what belongs here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::FindBar</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::HandOverNotes</name>
    <message numerus="yes">
        <source>%n part(s) of the EMR&apos;s hand-over were not taken as they are</source>
        <translation>
            <numerusform>%n part of the EMR&apos;s hand-over was not taken as it is</numerusform>
            <numerusform>%n parts of the EMR&apos;s hand-over were not taken as they are</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::HonestyBar</name>
    <message numerus="yes">
        <source>! %n rule error(s)</source>
        <translation>
            <numerusform>! %n rule error</numerusform>
            <numerusform>! %n rule errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>? %n rule warning(s)</source>
        <translation>
            <numerusform>? %n rule warning</numerusform>
            <numerusform>? %n rule warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>? %n reading note(s)</source>
        <translation>
            <numerusform>? %n reading note</numerusform>
            <numerusform>? %n reading notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ImageChoice</name>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Attach %n image(s) (Enter)</source>
        <translation>
            <numerusform>Attach %n image (Enter)</numerusform>
            <numerusform>Attach %n images (Enter)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ImagingPage</name>
    <message numerus="yes">
        <source>%n image(s) taken in</source>
        <translation>
            <numerusform>%n image taken in</numerusform>
            <numerusform>%n images taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already</source>
        <translation>
            <numerusform>%n was here already</numerusform>
            <numerusform>%n were here already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are no images</source>
        <translation>
            <numerusform>%n file is no image</numerusform>
            <numerusform>%n files are no images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be taken in</source>
        <translation>
            <numerusform>%n could not be taken in</numerusform>
            <numerusform>%n could not be taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) sent to %1</source>
        <translation>
            <numerusform>%n image sent to %1</numerusform>
            <numerusform>%n images sent to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s) of this study have arrived</source>
        <translation>
            <numerusform>%n more image of this study has arrived</numerusform>
            <numerusform>%n more images of this study have arrived</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them without their compression, which it does not take; no pixel was changed</source>
        <translation>
            <numerusform>%n of them without its compression, which it does not take; no pixel was changed</numerusform>
            <numerusform>%n of them without their compression, which it does not take; no pixel was changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of the study saved, with the patient&apos;s name in them</source>
        <translation>
            <numerusform>%n image of the study saved, with the patient&apos;s name in them</numerusform>
            <numerusform>%n images of the study saved, with the patient&apos;s name in them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::PickerWords</name>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>used %n time</numerusform>
            <numerusform>used %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n code(s) below</source>
        <translation>
            <numerusform>%n code below</numerusform>
            <numerusform>%n codes below</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ReadingText</name>
    <message numerus="yes">
        <source>%n pixel(s)</source>
        <translation>
            <numerusform>%n pixel</numerusform>
            <numerusform>%n pixels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SearchPage</name>
    <message numerus="yes">
        <source>None of the %n document(s) found is of this choice</source>
        <translation>
            <numerusform>The %n document found is not of this choice</numerusform>
            <numerusform>None of the %n documents found is of this choice</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SeriesList</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::StudyObjects</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drawing(s) of it make no sense and are left out</source>
        <translation>
            <numerusform>%n drawing of it makes no sense and is left out</numerusform>
            <numerusform>%n drawings of it make no sense and are left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::TermRows</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>incomplete: one of the %n code(s) below</source>
        <translation>
            <numerusform>incomplete: one of the %n code below</numerusform>
            <numerusform>incomplete: one of the %n codes below</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::TrendChart</name>
    <message numerus="yes">
        <source>%n value(s) in another unit not drawn</source>
        <translation>
            <numerusform>%n value in another unit not drawn</numerusform>
            <numerusform>%n values in another unit not drawn</numerusform>
        </translation>
    </message>
</context>
</TS>
