-- The LoRAs that a job wants beside those of its model, a line "name:weight" each: what a worker would have to load.
-- Jobs that waited before this was kept are taken for ones without.
ALTER TABLE job ADD COLUMN loras VARCHAR DEFAULT '' NOT NULL;
