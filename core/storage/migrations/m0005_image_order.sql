-- The number of an instance in its series (DICOM 0020,0013), in the clear: where a reader begins is known without opening every
-- row. NULL: stored before this column was.
ALTER TABLE image_instance ADD COLUMN ordinal INTEGER;
DROP INDEX image_instance_series;
CREATE INDEX image_instance_series ON image_instance(series_key, ordinal);
