-- What ended longest ago and is nobody's favourite.
CREATE INDEX job_ended ON job (favourite, finished_at, id);
