//! A disk of four megabytes runs full, and then there is room again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use feltbog_harness::{Device, World, copy_folder, entries};

use crate::killing::{CASE, rows_are_unbroken, world_with_case};
use crate::support::{AASE, agree, is_quiet};

/// A small disk, gone when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Puts what lies in a folder on a small disk. `None`, told on standard error, where nobody may mount one.
    fn under(folder: &Path) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let aside = folder.with_extension("aside");
        copy_folder(folder, &aside);
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(folder).output();
        if !mounted.is_ok_and(|output| output.status.success()) {
            eprintln!("SKIPPED: a disk of 4 MiB cannot be mounted here (it takes root); nothing was tested");
            return None;
        }
        copy_folder(&aside, folder);
        Some(Self(folder.to_owned()))
    }

    /// Takes all the room there is.
    fn fill(&self) {
        let mut size = 4 << 20;
        let mut number = 0;
        while size >= 512 {
            // What does not fit whole is there in part: the room is taken either way.
            if fs::write(self.0.join(format!("ballast-{number}")), vec![7; size]).is_err() {
                size /= 2;
            }
            number += 1;
        }
    }

    fn make_room(&self) {
        for item in fs::read_dir(&self.0).unwrap() {
            let path = item.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().starts_with("ballast") {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Logs until the disk is full; what was answered for.
fn log_until_full(device: &Device) -> Vec<String> {
    let mut answered = Vec::new();
    for number in 0..200 {
        let note = format!("Nummer {number} {}", "ord ".repeat(500));
        let ran = device.run(&["log", CASE, "contact", "--note", &note, "--json"]);
        if ran.code != Some(0) {
            ran.refused();
            return answered;
        }
        answered.push(note.trim().to_owned());
    }
    panic!("the disk is not full after two hundred entries");
}

fn there(device: &Device) -> Vec<String> {
    entries(&device.show(CASE)).iter().map(|entry| entry["note"].as_str().unwrap().trim().to_owned()).collect()
}

#[test]
fn a_device_on_a_full_disk_keeps_what_it_answered_for_and_works_on_when_there_is_room() {
    let (world, aase) = world_with_case();
    let Some(disk) = SmallDisk::under(aase.home()) else { return };
    disk.fill();
    let mut answered = log_until_full(&aase);
    // With what is unsent: it may go out or be refused with a sentence, and stays here.
    let synced = aase.run(&["sync", "--json"]);
    if synced.code != Some(0) {
        synced.refused();
    }
    disk.make_room();
    for note in &answered {
        assert_eq!(there(&aase).iter().filter(|text| *text == note).count(), 1);
    }
    aase.log(CASE, "contact", "Der er plads igen", &[]);
    answered.push("Der er plads igen".to_owned());
    world.exchange_twice(&[&aase]);
    assert_eq!(there(world.leader()).len(), answered.len());
    agree(CASE, &["employment"], &[&aase, world.leader()]);
    is_quiet(&aase);
    rows_are_unbroken(&world);
}

#[test]
fn an_import_that_finds_no_room_is_refused_whole_and_goes_in_when_there_is_room() {
    let world = World::new();
    let files = crate::support::small_programme().write(&world.folder().join("csv"));
    let Some(disk) = SmallDisk::under(world.leader().home()) else { return };
    disk.fill();
    world.leader().refused(&["import", files.to_str().unwrap()]);
    disk.make_room();
    assert_eq!(world.leader().cases().len(), 0);
    world.leader().json(&["import", files.to_str().unwrap()]);
    assert_eq!(world.leader().cases().len(), 5);
}

#[test]
fn joining_that_finds_no_room_can_be_tried_again_with_the_same_invitation() {
    let world = World::new();
    let aase = world.device(AASE);
    let Some(disk) = SmallDisk::under(aase.home()) else { return };
    let invitation = world.leader().invite(AASE, "consultant");
    world.leader().sync();
    disk.fill();
    aase.refused(&["join", &invitation]);
    disk.make_room();
    aase.join(&invitation);
    world.exchange_twice(&[&aase]);
    is_quiet(&aase);
}

#[test]
fn a_server_on_a_full_disk_answers_for_nothing_it_has_not_and_takes_all_when_there_is_room() {
    let (mut world, aase) = world_with_case();
    world.server_down();
    let data = world.server().data();
    let Some(disk) = SmallDisk::under(&data) else { return };
    world.server_up();
    disk.fill();
    for number in 0..4 {
        aase.log(CASE, "contact", &format!("Nummer {number} {}", "ord ".repeat(500)), &[]);
        let synced = aase.run(&["sync", "--json"]);
        if synced.code != Some(0) {
            synced.refused();
        }
    }
    assert_eq!(aase.status()["unsent"].as_u64().unwrap().min(1), 1, "there was room");
    disk.make_room();
    world.exchange_twice(&[&aase]);
    assert_eq!(there(world.leader()).len(), 4);
    is_quiet(&aase);
    rows_are_unbroken(&world);
    // Its files go with the small disk.
    world.server_down();
}
