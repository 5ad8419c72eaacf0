-- That a candle's series exists is checked once for each statement, not once for each row: the foreign key's checks took
-- more than half of the time of a large COPY (./mlpool bench import). Nothing deletes a series.
ALTER TABLE candle DROP CONSTRAINT candle_series_id_fkey;

CREATE FUNCTION refuse_candles_without_series() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing integer;
BEGIN
  SELECT a.series_id INTO missing
  FROM (SELECT DISTINCT series_id FROM added) a
  WHERE NOT EXISTS (SELECT FROM series WHERE id = a.series_id)
  LIMIT 1;
  IF FOUND THEN
    RAISE foreign_key_violation USING MESSAGE = format('there is no series %s for these candles', missing);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER candle_series AFTER INSERT ON candle
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION refuse_candles_without_series();
